from __future__ import annotations

import io
import re

import pytest
from fitment.harness.display.live import LiveDisplay
from fitment.harness.sweeps.plan import Run
from fitment.registry.records import Cell, Configuration, Measurement
from rich.cells import cell_len
from rich.console import Console

SHOW_CURSOR, HIDE_CURSOR = "\x1b[?25h", "\x1b[?25l"


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal that can move its cursor, wherever the tests run."""
    monkeypatch.setenv("TERM", "xterm")


def run(batch: int, model: str = "mlp", device: str = "cpu") -> Run:
    cell = Cell(model, "zoo", "", "forward", "cpu", "a cpu", "8", Configuration(batch, "fp32", "eager"))
    return Run(cell, cell.key, device, "env", 0, 60.0)


def shown(runs: list[Run], width: int = 120) -> str:
    """What a terminal receives during a sweep of ``runs``."""
    out = io.StringIO()
    display = LiveDisplay(Console(file=out, force_terminal=True, width=width, highlight=False, markup=False))
    display.start(runs, earlier=1)
    for each in runs:
        display.running(each)
        display.finished(each, Measurement(each.cell, "env", "ok", "2026-01-01", throughput=50.0), 4.0)
    display.notice("in use [red]")
    display.stop()
    return out.getvalue()


def plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text)


def test_results_scroll_and_the_region_shows_what_runs() -> None:
    """Finished runs stand as lines; the bar names device and run, counts and says when it ends."""
    text = plain(shown([run(1), run(8)]))
    assert "2 runs, 1 finished before" in text
    assert re.search(r"mlp b1 fp32 eager cpu +50.0 samples/s", text)
    assert re.search(r"cpu mlp b1 fp32 eager .* 0/2 +0 s eta –", text)
    assert re.search(r"cpu mlp b8 fp32 eager .* 1/2 +0 s eta 4 s", text)


def test_each_device_has_its_bar() -> None:
    """A run moves its own device's bar only."""
    text = plain(shown([run(1, device="cpu"), run(1, device="cuda:0")]))
    assert re.search(r"cuda:0 mlp b1 fp32 eager .* 0/1", text)
    assert re.search(r"cuda:0 waiting .* 0/1", text)
    assert re.search(r"cpu +done .* 1/1", text)


@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_line_of_the_region_is_wrapped(width: int) -> None:
    """Names are cut to what the terminal leaves; counts, time and ETA are always there in full."""
    runs = [run(1), run(8, model="a-long-name-" * 9, device="cuda:0"), run(2, model="名" * 60)]
    lines = re.split(r"[\r\n]+", plain(shown(runs, width)))
    region = [line for line in lines if re.match(r"(cpu|cuda:0) ", line)]
    assert region
    assert max(map(cell_len, region)) < width
    assert all(re.search(r" [0-9]/[0-9] ", line) for line in region)
    assert all(re.search(r" eta (–|[0-9]+ s)", line) for line in region if line.startswith("cpu"))


def test_F05_the_cursor_comes_back() -> None:
    """After ``stop`` the terminal is as it was."""
    text = shown([run(1)])
    assert text.rindex(SHOW_CURSOR) > text.rindex(HIDE_CURSOR)


def test_B08_markup_and_control_characters_are_inert() -> None:
    """A model's name is shown as it is spelled: no colour, no link, no escape sequence of its own."""
    text = shown([run(1, model="[bold]x[/]\x1b]0;t\x07")])
    assert "[bold]x[/]\\x1b]0;t\\x07 b1" in plain(text)
    assert "\x07" not in text
    assert "in use [red]" in plain(text)
