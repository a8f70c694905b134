"""What is said of single cells."""

from __future__ import annotations

import math
from itertools import count

import pytest
from fitment.harness.gate.judgement import TIME, Judgement, Verdict
from fitment.harness.gate.options import Options
from fitment.harness.gate.session_spread import SessionSpread
from fitment.harness.gate.sweep_cells import SweepCell, judged
from fitment.kernels.intervals import log_ratio_interval
from fitment.registry.records import Configuration
from fitment.registry.results.cell_runs import CellRun, MeasuredCell

CELL = MeasuredCell("forward", "8", "samples/s", "a cpu", Configuration(1, "fp32", "eager"))
MACHINES = {"e": {"device_kind": "cpu"}}
NAME = "a cell"
QUIET = SessionSpread(0.005, 31)


def runs(*throughputs: float) -> list[CellRun]:
    numbers = count(1)
    return [CellRun(next(numbers), CELL, "ok", None, each, "e", "s", None) for each in throughputs]


def time_of(base: list[CellRun], head: list[CellRun], spread: SessionSpread = QUIET) -> Judgement:
    (found,) = judged(SweepCell(NAME, base, head), MACHINES, {NAME: spread}, Options())
    assert found.metric == TIME
    return found


@pytest.mark.parametrize(
    ("factor", "verdict"),
    [
        (1.0, Verdict.PASS),
        (0.7, Verdict.REGRESSION),
        (1.4, Verdict.IMPROVEMENT),
        (0.95, Verdict.INCONCLUSIVE),
    ],
)
def test_known_sweeps_decide(factor: float, verdict: Verdict) -> None:
    """Five steady processes a side, and 31 sweeps that differ by half a percent."""
    steady = [1000.0, 1001.0, 999.0, 1002.0, 998.0]
    found = time_of(runs(*steady), runs(*(factor * each for each in steady)))
    assert found.verdict is verdict
    assert found.low is not None
    assert found.estimate is not None
    assert found.high is not None
    assert found.low < found.estimate < found.high


def test_sweeps_that_differ_much_decide_nothing() -> None:
    """The interval holds the shift between two sweeps."""
    found = time_of(runs(1000.0, 1000.0), runs(800.0, 800.0), SessionSpread(0.15, 31))
    assert found.verdict is Verdict.INCONCLUSIVE
    assert "sweeps differ by 15.0%" in str(found.note)


def test_too_few_sweeps_decide_nothing() -> None:
    """Not even a factor of ten."""
    found = time_of(runs(1000.0, 1000.0), runs(100.0, 100.0), SessionSpread(0.001, 29))
    assert found.verdict is Verdict.INCONCLUSIVE
    assert (found.low, found.high) == (None, None)
    assert "29 of 30 sweeps" in str(found.note)


def test_both_sweeps_have_a_shift_of_their_own() -> None:
    """t·√2·s as a square beside what the processes leave open."""
    times = [0.001] * 5
    found = time_of(runs(*[1000.0] * 5), runs(*[1000.0] * 5))
    shift = 2.750 * math.sqrt(2.0) * QUIET.sd  # t of 30 degrees of freedom, .995
    assert found.high == pytest.approx(
        math.hypot(log_ratio_interval(times, times, 0.99).high, shift), rel=1e-3
    )
