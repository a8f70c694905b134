from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from fitment.harness.display.plain import PlainDisplay
from fitment.harness.display.publisher import Publisher
from fitment.harness.display.watch import LAST_RESULTS, Followed, Watch, doing, result
from fitment.harness.sweeps import status_file
from fitment.harness.sweeps.plan import Run
from fitment.harness.sweeps.status_file import DeviceStatus, Status
from fitment.registry.records import Cell, Configuration, Measurement, as_row
from fitment.registry.results.append import append_measurement
from fitment.registry.storage.journal import START

from tests.registry.empty_stores import empty_store

ID = "0123456789abcdef"
DEVICES = (DeviceStatus("cpu", "env", 3, 1, "mlp b8", 90.0), DeviceStatus("cuda:0", "env 2", 2, 2))
STATUS = Status(ID, "a", 1, "2026-01-01T00:00:00+00:00", 0, 9, START, START, DEVICES, 50.0, 20.0)


def run(batch: int, model: str = "mlp") -> Run:
    cell = Cell(model, "zoo", "", "forward", "cpu", "a cpu", "8", Configuration(batch, "fp32", "eager"))
    return Run(cell, cell.key, "cpu", "env", 0, 60.0)


def measured(run: Run, sweep_id: str = ID, status: str = "ok") -> Measurement:
    return Measurement(
        run.cell,
        run.env_id,
        status,
        "2026-01-01T00:00:00+00:00",
        sweep_id=sweep_id,
        throughput=50.0 if status == "ok" else None,
        detail=None if status == "ok" else "too [red]large\x1b[31m",
    )


class Bench:
    """A sweep in this process, and a watch of it that shows in ``lines``."""

    def __init__(self, folder: Path, runs: Sequence[Run]) -> None:
        self.store = empty_store(folder / "s.duckdb")
        self.folder = folder / "s.journal"
        self.told: list[str] = []
        self.publisher = Publisher(self.folder, ID, "a sweep", self.told.append)
        self.publisher.start(runs, 2)
        self._out = io.StringIO()

    def makes(self, run: Run, status: str = "ok") -> None:
        self.publisher.running(run)
        measurement = measured(run, status=status)
        append_measurement(self.store, measurement)
        self.publisher.finished(run, measurement, 4.0)

    def watch(self) -> Watch:
        status = status_file.read(self.folder, ID)
        assert status is not None
        outlook = Followed(status)
        watch = Watch(self.folder, status, PlainDisplay(self._out, outlook), outlook)
        watch.attach()
        return watch

    @property
    def lines(self) -> list[str]:
        return self._out.getvalue().splitlines()


def test_results_are_told_as_the_sweep_tells_them(tmp_path: Path) -> None:
    """Those before, then each new one with its number, escaped; others' results are left out."""
    runs = [run(1), run(8), run(32), run(64)]
    bench = Bench(tmp_path, runs)
    bench.makes(runs[0])
    append_measurement(bench.store, measured(run(2), sweep_id="another"))
    steps = iter(
        [
            lambda: bench.makes(runs[1], "oom_host"),
            lambda: None,
            lambda: (bench.makes(runs[2]), bench.makes(runs[3]), bench.publisher.end(["Done: 3 ok."])),
            bench.publisher.stop,
        ]
    )
    last = bench.watch().follow(lambda seconds: next(steps)())
    assert last is not None
    assert last.ended == ("Done: 3 ok.",)
    assert bench.lines == [
        "4 runs, 2 finished before",
        "[1/4] mlp b1 fp32 eager cpu       50.0 samples/s         –         –  eta 12 s",
        "[2/4] mlp b8 fp32 eager cpu   oom_host: too [red]large\\x1b[31m  eta 8 s",
        "[3/4] mlp b32 fp32 eager cpu      50.0 samples/s         –         –  eta 0 s",
        "[4/4] mlp b64 fp32 eager cpu      50.0 samples/s         –         –",
    ]
    assert bench.told == []


def test_of_a_long_sweep_the_last_results_are_told(tmp_path: Path) -> None:
    """Who comes late sees the last ten, and how many were before them."""
    runs = [run(batch) for batch in range(1, 15)]
    bench = Bench(tmp_path, runs)
    for each in runs[:13]:
        bench.makes(each)
    bench.watch()
    bench.publisher.stop()
    assert bench.lines[1] == f"note: {13 - LAST_RESULTS} results before these"
    assert [line[:7] for line in bench.lines[2:]] == [f"[{n:>2}/14]" for n in range(4, 14)]


def test_what_the_status_does_not_count_waits_its_turn(tmp_path: Path) -> None:
    """A result that is journalled but not yet told by the sweep is told once it is, with its own number."""
    runs = [run(1), run(8)]
    bench = Bench(tmp_path, runs)
    seen: list[int] = []
    steps = iter(
        [
            lambda: append_measurement(bench.store, measured(runs[0])),
            lambda: bench.publisher.finished(runs[0], measured(runs[0]), 4.0),
            bench.publisher.stop,
        ]
    )

    def wait(seconds: float) -> None:
        seen.append(len(bench.lines))
        next(steps)()

    bench.watch().follow(wait)
    assert seen == [1, 1, 2]
    assert [line[:5] for line in bench.lines[1:]] == ["[1/2]"]


def test_a_cleared_status_ends_the_watch(tmp_path: Path) -> None:
    """The next sweep has taken its place: nothing is left to follow, nor to claim."""
    bench = Bench(tmp_path, [run(1)])
    watch = bench.watch()
    bench.publisher.stop()
    bench.publisher = Publisher(bench.folder, "f" * 16, "next", bench.told.append)
    bench.publisher.start([run(1)], 0)
    assert watch.follow() is None
    bench.publisher.stop()


def test_the_outlook_of_another_process() -> None:
    """Elapsed by the wall clock, never below 0; the ETA less what passed, at most what was expected."""
    assert Followed(STATUS, lambda: 100.0).remaining_s() == 40
    assert Followed(STATUS, lambda: 100.0).elapsed_s("cpu") == 10
    assert Followed(STATUS, lambda: 500.0).remaining_s() == 30
    assert Followed(STATUS, lambda: 80.0).elapsed_s("cpu") == 0
    assert Followed(STATUS, lambda: 100.0).elapsed_s("cuda:0") is None
    assert Followed(replace(STATUS, left_s=None)).remaining_s() is None


@pytest.mark.parametrize(
    ("device", "expected"),
    [(DEVICES[0], "mlp b8"), (DEVICES[1], "done"), (replace(DEVICES[0], now=None), "waiting")],
)
def test_a_device_does_something(device: DeviceStatus, expected: str) -> None:
    """Its run, or that it waits for one, or that it has none left."""
    assert doing(device) == expected


def test_a_row_is_the_result_that_it_was() -> None:
    """What is journalled gives back cell, device and figures."""
    measurement = measured(run(8))
    row = {key: value for key, value in as_row(measurement).items() if value is not None}
    back, again = result(row, "cpu")
    assert (replace(back, deadline_s=60.0), again) == (run(8), measurement)
