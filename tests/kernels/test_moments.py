"""Moments of groups: by hand, at tiny spread, in any order, on any threads, with anything missing."""

from __future__ import annotations

import statistics
from fractions import Fraction

import numpy as np
import pytest
from fitment.kernels import partition, run_moments, scattered_moments
from fitment.kernels.moments import Moments, group_moments
from fitment.kernels.partial_moments import mean_of, variance_of
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from tests.kernels.arrays import COMPILED
from tests.kernels.inputs import grouped_columns, scattered_pairs
from tests.kernels.strategies import deterministic

NAN, INF = np.nan, np.inf
# Sizes that take each way: runs, records in chunks, buckets.
ROWS, MANY = (20_000, 2 * scattered_moments.FEW) if COMPILED else (2_000, 600)
WAYS = {"runs": (ROWS, 40, True), "chunks": (ROWS, 300, False), "buckets": (ROWS, MANY, False)}


@pytest.fixture(autouse=True)
def _few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many small buckets; from 500 groups on, where each record is filled by Python."""
    monkeypatch.setattr(partition, "BUCKET_ROWS", ROWS // 100)
    if not COMPILED:
        monkeypatch.setattr(scattered_moments, "FEW", 500)


def rows(way: str, seed: int = 0) -> tuple[np.ndarray, np.ndarray, int, np.ndarray]:
    """Ids, four columns with gaps, number of groups, status."""
    n, groups, ordered = WAYS[way]
    rng = np.random.default_rng(seed)
    ids = rng.integers(0, groups, n).astype(np.int32)
    values = rng.lognormal(size=(4, n))
    values[rng.random(values.shape) < 0.02] = NAN
    values[rng.random(values.shape) < 0.01] = INF
    return np.sort(ids) if ordered else ids, values, groups, (rng.random(n) < 0.05).astype(np.int8)


def assert_same_bits(found: Moments, expected: Moments) -> None:
    for name in ("count", "mean", "variance"):
        assert getattr(found, name).tobytes() == getattr(expected, name).tobytes(), name


@pytest.mark.parametrize("way", ["chunks", "buckets"])
def test_formulae_are_those_of_parts(way: str) -> None:
    """Means and variances in place have the bits that the plain formulae give."""
    ids, values, groups, status = rows(way)
    parts = scattered_moments.scattered_moments(ids, tuple(values), groups, status)
    expected = Moments(parts.count, mean_of(parts), variance_of(parts))
    assert_same_bits(group_moments(ids, values, groups, status=status), expected)


def test_by_hand() -> None:
    """Counts, means and sample variances of small groups; a missing group has none."""
    found = group_moments([0, 2, 0, 2, 0, 1], [1.0, 5.0, 2.0, NAN, 6.0, INF], 4)
    assert_array_equal(found.count, [[3, 0, 1, 0]])
    assert_array_equal(found.mean, [[3.0, NAN, 5.0, NAN]])
    assert_array_equal(found.variance, [[7.0, NAN, NAN, NAN]])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("way", WAYS)
def test_equals_numpy(way: str, dtype: type) -> None:
    """Each way gives NumPy's mean and variance of what is measured and not left out."""
    ids, values, groups, status = rows(way)
    found = group_moments(ids, values.astype(dtype), groups, status=status)
    for g in (0, 7, groups - 1, int(ids[100])):
        for j, column in enumerate(values.astype(dtype)):
            group = column[(ids == g) & (status == 0) & np.isfinite(column)].astype(np.float64)
            assert found.count[j, g] == group.size
            if group.size > 1:
                assert_allclose(found.mean[j, g], group.mean(), rtol=1e-14)
                assert_allclose(found.variance[j, g], group.var(ddof=1), rtol=1e-12)


@pytest.mark.parametrize("way", WAYS)
def test_tiny_spread_keeps_its_digits(way: str) -> None:
    """At a coefficient of variation of 1e-9 the variance is that of the stored values to 12 digits."""
    ids, _, groups, _ = rows(way)
    x = 1e6 * (1 + 1e-9 * np.random.default_rng(1).standard_normal(ids.size))
    found = group_moments(ids, x, groups)
    for g in (0, 11, groups - 1):
        group = [Fraction(value) for value in x[ids == g].tolist()]
        if len(group) > 1:
            assert_allclose(found.variance[0, g], float(statistics.variance(group)), rtol=1e-12)


@pytest.mark.parametrize("way", WAYS)
def test_first_value_far_from_the_others(way: str) -> None:
    """The shift is a value of the group; where it is the one that is far off, digits are lost to no one."""
    ids, _, groups, _ = rows(way)
    x = 1.0 + 1e-3 * np.random.default_rng(2).standard_normal(ids.size)
    first = np.unique(ids, return_index=True)[1]
    x[first] = 1e5
    found = group_moments(ids, x, groups)
    for g in (0, 11):
        group = [Fraction(value) for value in x[ids == g].tolist()]
        if len(group) > 1:
            assert_allclose(found.variance[0, g], float(statistics.variance(group)), rtol=1e-10)


@pytest.mark.parametrize("way", WAYS)
def test_bits_do_not_depend_on_threads(way: str) -> None:
    """1, 2 and 4 threads agree to the bit."""
    ids, values, groups, status = rows(way)
    one = group_moments(ids, values, groups, status=status)
    for threads in (2, 4):
        assert_same_bits(group_moments(ids, values, groups, status=status, threads=threads), one)


@pytest.mark.parametrize("way", WAYS)
def test_order_of_rows_moves_roundings_only(way: str) -> None:
    """Shuffled rows give the same counts, and the same moments up to rounding."""
    ids, values, groups, status = rows(way)
    order = np.random.default_rng(3).permutation(ids.size)
    found = group_moments(ids, values, groups, status=status)
    shuffled = group_moments(ids[order], values[:, order], groups, status=status[order])
    assert_array_equal(shuffled.count, found.count)
    assert_allclose(shuffled.mean, found.mean, rtol=1e-14)
    assert_allclose(shuffled.variance, found.variance, rtol=1e-10, atol=1e-20)


@deterministic
@given(
    groups=st.lists(
        st.lists(st.floats(-1e6, 1e6) | st.sampled_from([NAN, INF, -INF]), max_size=8), max_size=6
    )
)
def test_odd_values(groups: list[list[float]]) -> None:
    """Any values, also none: what is finite is counted, means lie between the extremes, variances above 0."""
    ids = [g for g, group in enumerate(groups) for _ in group]
    found = group_moments(
        np.array(ids, np.int32), np.array([x for group in groups for x in group]), len(groups)
    )
    for g, group in enumerate(groups):
        known = [x for x in group if np.isfinite(x)]
        assert found.count[0, g] == len(known)
        assert np.isnan(found.mean[0, g]) == (not known)
        assert np.isnan(found.variance[0, g]) == (len(known) < 2)
        if known:
            slack = 1e-12 * max(map(abs, known))
            assert min(known) - slack <= found.mean[0, g] <= max(known) + slack
        assert not found.variance[0, g] < 0


@pytest.mark.parametrize("way", WAYS)
def test_constant_values_have_no_variance(way: str) -> None:
    """Equal values have variance 0, exactly, and themselves as mean."""
    ids, _, groups, _ = rows(way)
    found = group_moments(ids, np.full(ids.size, 0.1), groups)
    assert (found.variance[found.count > 1] == 0).all()
    assert (found.mean[found.count > 0] == 0.1).all()


def test_columns_are_the_same_alone_and_together() -> None:
    """One to seven columns, whichever are summed together."""
    ids, values, groups = scattered_pairs(np.random.default_rng(5), 1_000, 20)
    columns = [values[j % 3] * (1 + j) for j in range(7)]
    for ordered in (ids, np.sort(ids)):
        for size in range(1, 8):
            found = group_moments(ordered, columns[:size], groups)
            for j in range(size):
                alone = group_moments(ordered, columns[j], groups)
                assert_allclose(found.variance[j], alone.variance[0], rtol=1e-11)
                assert_array_equal(found.count[j], alone.count[0])


@pytest.mark.parametrize("status", [None, np.zeros(20_000, np.int8)])
def test_lengths_of_runs(status: np.ndarray | None) -> None:
    """Runs of any length, one after the other, repeated, and longer than a part."""
    rng = np.random.default_rng(6)
    lengths = [1, 5000, 31, 256, 257, 4096, 1, 1, 9000]
    ids = np.repeat([3, 1, 0, 1, 2, 0, 3, 1, 2], lengths)[:20_000].astype(np.int32)
    ids = np.concatenate([ids, np.full(20_000 - ids.size, 2, np.int32)])
    assert run_moments.lies_in_runs(ids)
    x = rng.random(ids.size)
    found = group_moments(ids, x, 4, status=status)
    for g in range(4):
        assert found.count[0, g] == (ids == g).sum()
        assert_allclose(found.mean[0, g], x[ids == g].mean(), rtol=1e-14)
        assert_allclose(found.variance[0, g], x[ids == g].var(ddof=1), rtol=1e-12)


def test_runs_that_end_in_disorder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows that look like runs where they are sampled, and are none elsewhere, are summed all the same."""
    ids, values, groups = scattered_pairs(np.random.default_rng(7), 3_000, 50)
    expected = group_moments(ids, values, groups)
    monkeypatch.setattr("fitment.kernels.moments.lies_in_runs", lambda ids: True)
    assert_same_bits(group_moments(ids, values, groups), expected)


@pytest.mark.parametrize("ids", [[0, 3], [-1, 0], np.repeat([0, 7], 100), np.repeat([0, -7], 100)])
def test_ids_out_of_range(ids: list[int]) -> None:
    """Refused on each way, by name."""
    for groups in (3, 50_000 if max(ids) < 3 else 3):
        with pytest.raises(ValueError, match="ids must lie between 0 and n_groups - 1"):
            group_moments(ids, np.ones(len(ids)), groups)


def test_arguments_that_can_not_be_meant() -> None:
    """Refused by name: lengths, kinds, number of groups, threads."""
    with pytest.raises(ValueError, match="values must be of shape"):
        group_moments([0, 1], [1.0], 2)
    with pytest.raises(TypeError, match="ids must hold integers"):
        group_moments([0.5, 1], [1.0, 2.0], 2)
    with pytest.raises(TypeError, match="n_groups must be a whole number"):
        group_moments([0, 1], [1.0, 2.0], 2.0)
    with pytest.raises(ValueError, match="threads must be at least 1"):
        group_moments([0, 1], [1.0, 2.0], 2, threads=0)


def test_arrays_of_any_make() -> None:
    """Big-endian, strided, read-only and integer columns are taken, and stay untouched."""
    ids, values, groups, status = grouped_columns(np.random.default_rng(9), 200)
    expected = group_moments(ids, values, groups, status=status)
    frozen = values.copy()
    frozen.flags.writeable = False
    for same in (values.astype(">f8"), np.asfortranarray(values), frozen):
        assert_same_bits(group_moments(ids.astype(">i8"), same, groups, status=status != 0), expected)
    counts = group_moments(ids, np.arange(200), groups)
    assert_same_bits(counts, group_moments(ids, np.arange(200.0), groups))
