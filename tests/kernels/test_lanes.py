"""Averages of columns side by side: the order of adding, and where the answer goes."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.kernels.jit import elementary
from fitment.kernels.lanes import LANES, average
from numpy.testing import assert_array_equal

from tests.kernels import naive


@elementary
def averaged(out, at, table, base, places, first, n, share):  # type: ignore[no-untyped-def]
    average(out, at, table, base, places, first, n, share)


@pytest.mark.parametrize("n", [0, 1, 2, 3, 4, 7, 26])
def test_the_order_of_adding(n: int) -> None:
    """To the bit; nothing but the entry asked for is written."""
    rng = np.random.default_rng(n)
    table, places = rng.lognormal(size=(40, LANES)), rng.integers(0, 30, 30).astype(np.uint32)
    out = np.full((3, LANES), -1.0)
    averaged(out.reshape(-1), 1, table.reshape(-1), 10, places, 3, n, 0.3)
    drawn = table[10 + places[3 : 3 + n].astype(np.int64)]
    expected = [naive.sum_by_fours(lane.tolist()) * 0.3 for lane in drawn.T]
    assert_array_equal(out, [[-1.0] * LANES, expected, [-1.0] * LANES])


def test_missing_stays_in_its_lane() -> None:
    """NaN in one column says nothing of the others."""
    out, table = np.empty(LANES), np.array([[1.0, np.nan, 3.0, np.inf], [3.0, 2.0, 5.0, 1.0]])
    averaged(out, 0, table.ravel(), 0, np.array([0, 1], np.uint32), 0, 2, 0.5)
    assert_array_equal(out, [2.0, np.nan, 4.0, np.inf])
