from __future__ import annotations

from dataclasses import replace

import pytest
from fitment.harness.display.outlook import Outlook, less_elapsed
from fitment.harness.sweeps.plan import Run
from fitment.registry.records import Cell, Configuration


def run(batch: int, device: str = "cpu") -> Run:
    cell = Cell("mlp", "zoo", "", "forward", "cpu", "a cpu", "8", Configuration(batch, "fp32", "eager"))
    return Run(cell, cell.key, device, f"env of {device}", 0, 60.0)


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


RUNS = [run(1), run(8), run(32), run(1, "cuda:0")]


def test_runs_are_counted_by_device() -> None:
    """Each device's total and what it has done; a ladder's rung counts for none."""
    outlook = Outlook()
    outlook.start(RUNS)
    outlook.ended(RUNS[0], 2.0)
    outlook.ended(replace(run(64), extra=True), 1.0)
    assert outlook.totals == {"cpu": 3, "cuda:0": 1}
    assert (outlook.finished, outlook.total, dict(outlook.done)) == (1, 4, {"cpu": 1})


def test_the_time_left_shrinks_while_a_run_lasts() -> None:
    """By what passed, and by no more than the run was expected to take."""
    clock = Clock()
    outlook = Outlook(clock)
    outlook.start(RUNS[:3])
    assert outlook.remaining_s() is None
    outlook.ended(RUNS[0], 10.0)
    assert outlook.remaining_s() == 20
    outlook.began(RUNS[1])
    clock.now += 4
    assert (outlook.remaining_s(), outlook.elapsed_s("cpu")) == (16, 4)
    clock.now += 60
    assert outlook.remaining_s() == 10
    outlook.ended(RUNS[1], 64.0)
    assert outlook.elapsed_s("cpu") is None


@pytest.mark.parametrize(
    ("left", "expected", "elapsed", "remaining"),
    [
        (None, 1.0, 1.0, None),
        (9.0, 5.0, 2.0, 7.0),
        (9.0, 5.0, 6.0, 4.0),
        (9.0, None, 2.0, 7.0),
        (1.0, None, 2.0, 0),
    ],
)
def test_what_passed_is_taken_off(
    left: float | None, expected: float | None, elapsed: float, remaining: float | None
) -> None:
    """Unknown stays unknown, and nothing falls below 0."""
    assert less_elapsed(left, expected, elapsed) == remaining
