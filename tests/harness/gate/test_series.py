from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from fitment.harness.gate.baseline import of_report
from fitment.harness.gate.history import Accepted, History, Recording
from fitment.harness.gate.series import SeriesError, benchmark_of, series

from tests.harness.gate.reports import BENCHMARK, COUNTER, MACHINE, baseline, report


def _history(values: Sequence[float]) -> History:
    return History(tuple(report(at, times=[value] * 8) for at, value in enumerate(values)))


def _noisy(count: int, seed: int = 1) -> list[float]:
    return [1e-3 * math.exp(x) for x in np.random.default_rng(seed).normal(0.0, 0.01, count).tolist()]


def test_a_step_that_stays_is_a_change_of_level() -> None:
    """A tenth slower from the 13th run on: one change, there, by about that."""
    values = [value * (1.1 if at >= 12 else 1.0) for at, value in enumerate(_noisy(24))]
    (points,) = series(_history(values), BENCHMARK).values()
    assert [(at, each.change) for at, each in enumerate(points) if each.p_value is not None] == [
        (12, pytest.approx(0.1, abs=0.02))
    ]
    assert points[12].p_value is not None
    assert points[12].p_value <= 0.001
    assert {each.level for each in points[:12]} == {points[0].level} != {points[12].level}
    assert [each.value for each in points] == values


def test_one_run_far_from_the_others_is_no_change() -> None:
    """Half again as slow, once; nor is noise alone, nor a figure that never moves."""
    values = _noisy(24)
    values[10] *= 1.5
    for tried in (values, _noisy(24, seed=2), [1e-3] * 24):
        (points,) = series(_history(tried), BENCHMARK).values()
        assert not any(each.p_value for each in points)


def test_each_machine_has_its_own_series_and_recordings_are_in_it() -> None:
    """By time; a counter's goes over machines of one counter class."""
    runs = (report(1), report(3, machine_class="another", times=[0.002] * 8))
    history = History(runs, (Recording("feedbeef", "nightly", baseline(at="2026-03-01T02:00:00+00:00")),))
    found = series(history, BENCHMARK)
    assert {name: [each.run for each in points] for name, points in found.items()} == {
        MACHINE: ["00000001", "feedbeef"],
        "another": ["00000003"],
    }
    counted = series(history, BENCHMARK, "allocations")
    assert [each.value for each in counted[COUNTER]] == [12.0] * 3


def test_an_accepted_run_carries_its_reason() -> None:
    """And no other one does."""
    run = report(1)
    accepted = Accepted(run.id, "meant", "me", run.at, of_report(run, "x"))
    (points,) = series(History((report(0), run), acceptances=(accepted,)), BENCHMARK).values()
    assert [each.accepted for each in points] == [None, "meant"]


def test_a_benchmark_is_found_by_a_part_of_its_name() -> None:
    """Where only one has it; else those that were meant are named."""
    names = ("tests/test_a.py::test_sum", "tests/test_a.py::test_sum_all", "tests/test_b.py::test_max")
    history = History((), (Recording("1", None, baseline(processes=dict.fromkeys(names, (1.0,)))),))
    assert benchmark_of(history, "max") == names[2]
    assert benchmark_of(history, names[0]) == names[0]
    with pytest.raises(SeriesError, match=r"'sum' is in .*test_sum, .*test_sum_all, .*: say more of the one"):
        benchmark_of(history, "sum")
    with pytest.raises(
        SeriesError, match=r"no benchmark 'test_mxa' .*: did you mean tests/test_b.py::test_max"
    ):
        benchmark_of(history, "test_mxa")
    with pytest.raises(SeriesError, match=r"no benchmark 'zzz' .*: there are tests/test_a.py"):
        benchmark_of(history, "zzz")


def test_what_was_never_measured_is_said() -> None:
    """No run at all, or no such figure."""
    with pytest.raises(SeriesError, match="run the gate first"):
        benchmark_of(History(), "any")
    with pytest.raises(SeriesError, match=r"no 'bytes' of .*: there is allocations, time"):
        series(History((report(1),)), BENCHMARK, "bytes")
