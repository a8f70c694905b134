"""The rule, by hand: where an interval lies about δ."""

from __future__ import annotations

import math

import pytest
from fitment.harness.gate.history import History
from fitment.harness.gate.options import Options
from fitment.harness.gate.verdict import judge_pairs, tolerance, verdict_of
from hypothesis import given
from hypothesis import strategies as st

LIMITS = st.floats(-1.0, 1.0)


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        (0.06, 0.09, "regression"),
        (0.04, 0.09, "inconclusive"),
        (-0.09, 0.06, "inconclusive"),
        (-0.02, 0.04, "pass"),
        (-0.09, -0.04, "pass"),
        (-0.09, -0.06, "improvement"),
        (math.log1p(0.05), 0.09, "inconclusive"),  # as large as is tolerated is not larger
        (-0.02, math.log1p(0.05), "inconclusive"),
        (math.nan, math.nan, "inconclusive"),
        (math.nan, 0.0, "inconclusive"),
    ],
)
def test_where_the_interval_lies(low: float, high: float, verdict: str) -> None:
    """Worse where all of it is, better where all of it is, equal where none of it is worse."""
    assert verdict_of(low, high, 0.05) == verdict


@given(LIMITS, LIMITS)
def test_sides_that_are_swapped(one: float, other: float) -> None:
    """A regression is an improvement seen from the other side, and nothing else is."""
    low, high = sorted((one, other))
    swapped = verdict_of(-high, -low, 0.05)
    assert (verdict_of(low, high, 0.05) == "regression") == (swapped == "improvement")


def test_each_benchmark_has_its_own_pairs_and_threshold() -> None:
    """Eight equal pairs decide; seven have no interval; none are no pass either."""
    compared, verdicts = judge_pairs(
        [[0.07] * 8, [0.07] * 8, [0.07] * 7, [], [math.nan] * 8], [0.05, 0.1] + [0.05] * 3
    )
    assert verdicts == ["regression", "pass", "inconclusive", "inconclusive", "inconclusive"]
    assert compared.count.tolist() == [8, 8, 7, 0, 0]


def test_nothing_to_judge() -> None:
    """No benchmark is no error."""
    assert judge_pairs([], [])[1] == []


def test_without_a_history_the_threshold_is_the_least() -> None:
    """5 % on a shared machine until 30 runs say more."""
    found = tolerance(History(), "a", "machine", "cpu", Options())
    assert (found.delta, found.too_noisy) == (0.05, False)
