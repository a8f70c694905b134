"""The geometric mean of a suite, with an interval of its own."""

from __future__ import annotations

import math

import numpy as np
from fitment.harness.gate.suite import suite_change


def test_opposite_changes_cancel() -> None:
    """Twice as slow and twice as fast is no change, known exactly."""
    found = suite_change([[math.log(2.0)] * 8, [-math.log(2.0)] * 8])
    assert found is not None
    assert (found.estimate, found.low, found.high, found.benchmarks) == (0.0, 0.0, 0.0, 2)


def test_a_small_change_of_all_is_known() -> None:
    """100 benchmarks, each 2 % slower under a noise of 4 %: none of them tells, their mean does."""
    d = 0.02 + 0.04 * np.random.default_rng(0).normal(size=(100, 8))
    found = suite_change(d.tolist())
    assert found is not None
    assert found.low is not None
    assert found.low > 0.0


def test_what_was_not_measured_is_left_out() -> None:
    """A pair that nobody has, and a benchmark that lacks a pair; fewer than 8 pairs have no interval."""
    nan = math.nan
    found = suite_change([[nan] + [0.1] * 8, [nan] + [0.3] * 8, [nan, nan] + [9.0] * 7])
    assert found is not None
    assert (round(found.estimate, 12), found.benchmarks) == (0.2, 2)
    found = suite_change([[nan] + [0.1] * 7])
    assert found is not None
    assert (found.low, found.high) == (None, None)
    assert suite_change([]) is None
    assert suite_change([[nan] * 8]) is None
