"""Statistics of groups: by hand, with odd input, and the same for any order and number of threads."""

from __future__ import annotations

from dataclasses import astuple, fields

import numpy as np
import pytest
from fitment.kernels.group_statistics import GroupStatistics, group_statistics
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.testing import assert_allclose, assert_array_equal

from tests.kernels.strategies import deterministic

NAMES = [field.name for field in fields(GroupStatistics)]


def test_by_hand() -> None:
    """1, 2, 4, 8, 10: mean 5, variance 15, median 4, deviations 3, 2, 0, 4, 6, so MAD 3."""
    found = group_statistics([0] * 5, [8.0, 1.0, 10.0, 2.0, 4.0], 1)
    expected = (5, 5.0, 15.0, 4.0, 3.0, 8.0 + 2.0 * 0.8, 10.0 - 2.0 * 0.04)
    assert_allclose([x[0, 0] for x in astuple(found)], expected, rtol=1e-15)


def test_one_value_and_none() -> None:
    """One value is its own mean and quantiles, of variance unknown; no value has count 0 and nothing else."""
    found = group_statistics([1], [3.5], 2)
    assert found.count.tolist() == [[0, 1]]
    assert [getattr(found, name)[0, 1] for name in NAMES[3:]] == [3.5, 0.0, 3.5, 3.5]
    assert np.isnan(found.variance).all()
    assert all(np.isnan(getattr(found, name)[0, 0]) for name in NAMES[1:])


def test_rows_that_are_left_out() -> None:
    """A status that is not 0, NaN and infinities count for nothing, each in its own column."""
    values = [[1.0, np.nan, 3.0, 9.0], [np.inf, 5.0, -np.inf, 9.0]]
    found = group_statistics([0, 0, 0, 0], values, 1, status=[0, 0, 0, 7])
    assert found.count.tolist() == [[2], [1]]
    assert found.median.tolist() == [[2.0], [5.0]]


@pytest.mark.parametrize("columns", [1, 2, 3, 4, 7])
def test_columns_do_not_see_each_other(columns: int) -> None:
    """A column has the same statistics, to the bit, alone and beside any number of others."""
    rng = np.random.default_rng(columns)
    ids, values = rng.integers(0, 9, 400), rng.lognormal(size=(columns, 400)).astype(np.float32)
    together = group_statistics(ids, values, 9)
    for j in range(columns):
        alone = group_statistics(ids, values[j], 9)
        for name in NAMES:
            assert_array_equal(getattr(together, name)[j], getattr(alone, name)[0])


@deterministic
@given(x=arrays(np.float64, st.integers(1, 60), elements=st.floats(-1e6, 1e6)), shift=st.integers(-9, 9))
def test_scale_and_bounds(x: np.ndarray, shift: int) -> None:
    """Another unit scales them all; mean, median and percentiles lie between the extremes."""
    found, scaled = (group_statistics(np.zeros(x.size, int), y, 1) for y in (x, np.ldexp(x, shift)))
    for name, power in zip(NAMES, (0, 1, 2, 1, 1, 1, 1), strict=True):
        assert_allclose(getattr(scaled, name), getattr(found, name) * 2.0 ** (shift * power), rtol=1e-12)
    for name in ("mean", "median", "p95", "p99"):
        slack = 1e-12 * np.abs(x).max()
        assert x.min() - slack <= getattr(found, name)[0, 0] <= x.max() + slack


def test_variance_of_nearly_equal_values() -> None:
    """A coefficient of variation of 1e-9 is not lost to cancellation."""
    x = 1e6 * (1.0 + 1e-9 * np.random.default_rng(0).normal(size=500))
    found = group_statistics(np.zeros(500, int), x, 1)
    assert_allclose(found.variance, x.var(ddof=1), rtol=1e-9)


def test_without_p99() -> None:
    """It is NaN; nothing else changes."""
    rng = np.random.default_rng(5)
    ids, x = rng.integers(0, 5, 900), rng.lognormal(size=900)
    whole, part = group_statistics(ids, x, 5), group_statistics(ids, x, 5, p99=False)
    assert np.isnan(part.p99).all()
    for name in set(NAMES) - {"p99"}:
        np.testing.assert_array_equal(getattr(part, name), getattr(whole, name))


def test_without_mad() -> None:
    """The MAD is NaN where it is not wanted; nothing else changes."""
    rng = np.random.default_rng(2)
    ids, x = rng.integers(0, 5, 300), rng.normal(size=300)
    whole, part = group_statistics(ids, x, 5), group_statistics(ids, x, 5, mad=False)
    assert np.isnan(part.mad).all()
    for name in set(NAMES) - {"mad"}:
        assert_array_equal(getattr(part, name), getattr(whole, name))


@pytest.mark.parametrize("ids", [[-1], [2], [2**31 - 1]])
def test_ids_out_of_range(ids: list[int]) -> None:
    """An id that names no group is refused before anything is written."""
    with pytest.raises(ValueError, match="ids must lie between 0 and n_groups - 1, 1"):
        group_statistics(ids, [1.0], 2)
    with pytest.raises(ValueError, match="ids must lie"):
        group_statistics([0], [1.0], 0)


def test_no_columns() -> None:
    """No metrics at all give no rows of statistics."""
    assert group_statistics([0, 1], np.empty((0, 2)), 2).mean.shape == (0, 2)


@pytest.mark.compiled
def test_ten_million_rows() -> None:
    """Counts, extremes and medians of 10^7 rows in few large and in many small groups."""
    rng = np.random.default_rng(1)
    x = rng.permutation(10_000_000).astype(np.float32)  # exact up to 2**24
    for groups in (3, 1_000_000):
        found = group_statistics((x % groups).astype(np.int32), x, groups, mad=False)
        first, count = np.arange(groups), found.count[0]
        assert_array_equal(count, (9_999_999 - first) // groups + 1)
        assert_allclose(found.median[0], first + (count - 1) / 2 * groups, rtol=1e-15)
        assert_allclose(found.mean[0], found.median[0], rtol=1e-12)


@pytest.mark.compiled
@pytest.mark.parametrize("groups", [1, 700, 200_000])
def test_threads_change_no_bit(groups: int) -> None:
    """One, two and four threads agree to the bit, over several chunks of rows and of buckets."""
    rng = np.random.default_rng(groups)
    ids, values = rng.integers(0, groups, 700_001), rng.lognormal(size=(4, 700_001))
    values[rng.random(values.shape) < 0.01] = np.nan
    one = group_statistics(ids, values, groups)
    for threads in (2, 4):
        several = group_statistics(ids, values, groups, threads=threads)
        for name in NAMES:
            assert getattr(several, name).tobytes() == getattr(one, name).tobytes()
