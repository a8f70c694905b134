from __future__ import annotations

import dataclasses
import io
import re
from collections.abc import Callable

import pytest
from fitment.registry.answers import Answer
from fitment.registry.report.screen import show
from fitment.registry.report.tables import answer_table, facts_table
from rich.console import Console, RenderableType

Golden = Callable[[str, str], None]
WIDTHS = (80, 100, 120, 160)


def shown(renderable: RenderableType, width: int) -> str:
    """What a file gets at that width."""
    out = io.StringIO()
    show(renderable, file=out, width=width)
    return out.getvalue()


@pytest.mark.parametrize("width", WIDTHS)
def test_compared_answer(compared: Answer, golden: Golden, width: int) -> None:
    """An answer over common configurations, at each width."""
    golden(f"compared_{width}.txt", shown(answer_table(compared), width))


@pytest.mark.parametrize("width", WIDTHS)
def test_freed_answer(freed: Answer, golden: Golden, width: int) -> None:
    """An answer without common configurations shows dashes where nothing is compared."""
    golden(f"freed_{width}.txt", shown(answer_table(freed), width))


def test_nothing_usable(compared: Answer, golden: Golden) -> None:
    """An answer without rows still says what was rejected and why."""
    golden("nothing_80.txt", shown(answer_table(dataclasses.replace(compared, rows=())), 80))


@pytest.mark.parametrize("width", range(40, 200, 7))
def test_no_figure_is_cut_at_any_width(compared: Answer, width: int) -> None:
    """Every figure, id and command of the answer stands whole on some line."""
    lines = [line.rstrip() for line in shown(answer_table(compared), width).splitlines()]
    for figure in (
        "4,214", "4,014", "21.4", "7.59 ms", "7.89 ms", "46.8 ms", "1.32 GB", "1.42 GB", "612 MB",
        "1.000", "0.953", "0.005", "0.310", "0.949", "0.783", "0.763", "0.214", "0.458", "0.171",
        "0.60", "0.80", "10234", "14–18",
        "benchmark-infer-amp-nchw-pt291-cu130-pro6000maxq-dynamo.csv:123",
        compared.rejected[0].remedy or "",
    ):  # fmt: skip
        assert any(re.search(rf"(?<![\w.]){re.escape(figure)}(?![\w])", line) for line in lines), figure


def test_B08_hostile_texts_are_inert(hostile: Answer) -> None:
    """No control character of a foreign text is printed, and markup is shown as it stands."""
    for width in WIDTHS:
        text = shown(answer_table(hostile), width)
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text)
        assert "[red]" in text
        assert "\\x1b[31m" in text


def test_B08_a_terminal_gets_no_foreign_escape(hostile: Answer) -> None:
    """On a coloured terminal the only escapes are the table's own styles."""
    console = Console(file=io.StringIO(), force_terminal=True, color_system="standard", width=160)
    with console.capture() as capture:
        console.print(answer_table(hostile), crop=False)
    assert not re.search(r"\x1b(?!\[[0-9;]*m)", capture.get())
    assert "\x1b]8" not in capture.get()


def test_facts(golden: Golden) -> None:
    """Plain facts are one table with a title; foreign cells are inert."""
    rows = [("cpu", "Intel Xeon Processor @ 2.80GHz, 2 cores"), ("note", "\x1b[2J[bold]x")]
    golden("facts_80.txt", shown(facts_table("cpu", ("what", "value"), rows), 80))
