"""Columns side by side: the order of adding, the sums of pairs, and columns out of entries."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from fitment.kernels.jit import elementary
from fitment.kernels.lanes import LANES, add_pairs, average, spread
from numpy.testing import assert_array_equal

from tests.kernels import naive


@elementary
def averaged(out, at, table, base, places, first, n, count, share):  # type: ignore[no-untyped-def]
    average(out, at, table, base, places, first, n, count, share)


@elementary
def tabulated(rows, first, m, table):  # type: ignore[no-untyped-def]
    add_pairs(rows, first, m, table)


@elementary
def spread_out(entries, n, out, at, stride, lanes):  # type: ignore[no-untyped-def]
    spread(entries, n, out, at, stride, lanes)


@pytest.mark.parametrize("n", [0, 1, 2, 3, 4, 7, 26])
def test_the_order_of_adding(n: int) -> None:
    """To the bit; nothing but the entries asked for is written."""
    rng = np.random.default_rng(n)
    table, places = rng.lognormal(size=(40, LANES)), rng.integers(0, 30, 60).astype(np.uint32)
    out = np.full((4, LANES), -1.0)
    averaged(out.reshape(-1), 1, table.reshape(-1), 10, places * np.uint32(LANES), 3, n, 2, 0.3)
    drawn = table[10 + places[3 : 3 + 2 * n].astype(np.int64)].reshape(2, n, LANES)
    expected = [[naive.sum_by_fours(lane.tolist()) * 0.3 for lane in one.T] for one in drawn]
    assert_array_equal(out, [[-1.0] * LANES, *expected, [-1.0] * LANES])


def test_missing_stays_in_its_lane() -> None:
    """NaN in one column says nothing of the others."""
    out, table = np.empty(LANES), np.array([[1.0, np.nan, 3.0, np.inf], [3.0, 2.0, 5.0, 1.0]])
    averaged(out, 0, table.ravel(), 0, np.array([0, LANES], np.uint32), 0, 2, 1, 0.5)
    assert_array_equal(out, [2.0, np.nan, 4.0, np.inf])


@pytest.mark.parametrize("m", [0, 1, 2, 5, 64])
def test_sums_of_pairs(m: int) -> None:
    """Each row with itself, then each with each later one; nothing behind them."""
    rows = np.random.default_rng(m).lognormal(size=(m + 3, LANES))
    table = np.full((m * (m + 1) // 2 + 1, LANES), -1.0)
    tabulated(rows.reshape(-1), 2, m, table.reshape(-1))
    pairs = [(i, i) for i in range(2, m + 2)] + list(combinations(range(2, m + 2), 2))
    assert_array_equal(table[:-1], np.array([rows[i] + rows[j] for i, j in pairs]).reshape(-1, LANES))
    assert_array_equal(table[-1], -1.0)


@pytest.mark.parametrize("lanes", [1, 3, LANES])
@pytest.mark.parametrize("n", [0, 1, 4, 11])
def test_columns_out_of_entries(n: int, lanes: int) -> None:
    """As many columns as asked for, where they belong, and nothing around them."""
    entries, out = np.random.default_rng(n).normal(size=(n, LANES)), np.full((LANES, 2, 13), -1.0)
    spread_out(entries.reshape(-1), n, out, 13 + 1, 26, lanes)
    expected = np.full(out.shape, -1.0)
    expected[:lanes, 1, 1 : n + 1] = entries.T[:lanes]
    assert_array_equal(out, expected)
