"""The bootstrap: what is drawn, how wide it comes out, and what it does not depend on."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from fitment.kernels.bootstrap import bootstrap, bootstrap_intervals
from numpy.testing import assert_allclose, assert_array_equal

from tests.kernels import naive
from tests.kernels.arrays import COMPILED

STATISTICS = ("mean", "median")
compiled_only = pytest.mark.skipif(not COMPILED, reason="too long where kernels run as plain Python")


def rows_of(*sizes: int, columns: int = 3, seed: int = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Offsets, values and keys of groups of those sizes."""
    offsets = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    rng = np.random.default_rng(seed)
    return offsets, rng.lognormal(size=(columns, offsets[-1])), np.arange(len(sizes)) + 1


@pytest.mark.parametrize("statistic", STATISTICS)
@pytest.mark.parametrize("sizes", [(1, 2, 3, 4, 5, 64, 65, 66, 130), (0, 7, 0)])
def test_rows_equal_the_twin(sizes: tuple[int, ...], statistic: str) -> None:
    """Groups of every remainder, of tabulated pairs and beyond, and empty ones."""
    offsets, values, keys = rows_of(*sizes)
    found = bootstrap(offsets, values, keys, statistic=statistic, replicates=5, seed=1)
    expected = naive.bootstrap(offsets.tolist(), values.tolist(), keys.tolist(), None, statistic, 5, 1)
    assert_allclose(found, expected, rtol=4e-16, atol=0)


@pytest.mark.parametrize("statistic", STATISTICS)
def test_processes_equal_the_twin(statistic: str) -> None:
    """Processes of very different sizes in one group, some of them empty."""
    inside, values, _ = rows_of(1, 70, 0, 5, 64, 3, 9, 2)
    groups = np.array([0, 4, 4, 7, 8])
    found = bootstrap(groups, values, range(4), process_offsets=inside, statistic=statistic, replicates=6)
    arguments = groups.tolist(), values.tolist(), list(range(4)), inside.tolist()
    assert_allclose(found, naive.bootstrap(*arguments, statistic, 6, 0), rtol=4e-16, atol=0)


def test_by_hand() -> None:
    """Two rows: each resample is the first twice, the second twice, or both, as often as chance has it."""
    found = bootstrap([0, 2], [[1.0, 3.0]], [5], statistic="mean", replicates=4000)[0, 0]
    values, counts = np.unique(found, return_counts=True)
    assert values.tolist() == [1.0, 2.0, 3.0]
    assert_allclose(counts, [1000, 2000, 1000], atol=4 * 1000**0.5)


@pytest.mark.parametrize("statistic", STATISTICS)
def test_columns_share_the_draws(statistic: str) -> None:
    """A column that is twice another stays so in each replicate: rows are drawn whole."""
    offsets, values, keys = rows_of(9, 80, columns=1)
    found = bootstrap(offsets, [values[0]] * 3 + [2 * values[0]], keys, statistic=statistic, replicates=50)
    assert_array_equal(found[3], 2 * found[0])


@pytest.mark.parametrize("statistic", STATISTICS)
def test_more_replicates_begin_with_the_fewer(statistic: str) -> None:
    """The first replicates of many are those of few."""
    offsets, values, keys = rows_of(5, 50)
    many = bootstrap(offsets, values, keys, statistic=statistic, replicates=300)
    assert_array_equal(many[..., :7], bootstrap(offsets, values, keys, statistic=statistic, replicates=7))


@pytest.mark.parametrize("statistic", STATISTICS)
def test_groups_do_not_depend_on_others(statistic: str) -> None:
    """A group keeps its replicates wherever it stands, by its key; another key or seed draws others."""
    offsets, values, keys = rows_of(6, 30, 11)
    options: dict[str, Any] = {"statistic": statistic, "replicates": 20}
    found = bootstrap(offsets, values, keys, **options)
    alone = bootstrap([0, 30], values[:, 6:36], keys[1:2], **options)
    assert_array_equal(found[:, 1:2], alone)
    assert (bootstrap([0, 30], values[:, 6:36], [77], **options) != alone).any()
    assert (bootstrap([0, 30], values[:, 6:36], keys[1:2], seed=1, **options) != alone).any()


def test_equal_groups_draw_apart() -> None:
    """Two groups of the same rows under two keys have replicates that are not correlated."""
    _, values, _ = rows_of(20, columns=1)
    found = bootstrap([0, 20, 40], np.tile(values, 2), [1, 2], statistic="mean", replicates=2000)[0]
    assert abs(np.corrcoef(found)[0, 1]) < 4 / 2000**0.5


@pytest.mark.parametrize("statistic", STATISTICS)
def test_order_of_rows_changes_no_distribution(statistic: str) -> None:
    """Sorted rows give other replicates, with the same mean and spread up to chance."""
    offsets, values, keys = rows_of(40, columns=1)
    options: dict[str, Any] = {"statistic": statistic, "replicates": 4000 if COMPILED else 400}
    one = bootstrap(offsets, values, keys, **options)[0, 0]
    other = bootstrap(offsets, np.sort(values), keys, **options)[0, 0]
    assert abs(one.mean() - other.mean()) < 5 * one.std() * (2 / one.size) ** 0.5
    assert_allclose(one.std(), other.std(), rtol=0.1 if COMPILED else 0.3)


@compiled_only
@pytest.mark.parametrize("size", [5, 50, 64, 65, 200])
def test_spread_is_that_of_the_exact_bootstrap(size: int) -> None:
    """The standard error of a mean is σ/√n of the rows, which the exact bootstrap has in the limit."""
    offsets, values, keys = rows_of(*[size] * 40)
    found = bootstrap(offsets, values, keys, statistic="mean", replicates=4000)
    exact = values.reshape(3, 40, size).std(axis=-1) / size**0.5
    assert_allclose(found.std(axis=-1), exact, rtol=0.06)
    centred = (found.mean(axis=-1) - values.reshape(3, 40, size).mean(axis=-1)) / exact
    assert np.abs(centred).max() < 5 / 4000**0.5


@compiled_only
@pytest.mark.parametrize("statistic", STATISTICS)
def test_intervals_cover(statistic: str) -> None:
    """Of 2,000 simulated groups of 40 normal rows, nearly 95 % of the 95 % intervals hold the location."""
    values = np.random.default_rng(4).normal(size=80_000)
    offsets = np.arange(2001) * 40
    found = bootstrap_intervals(offsets, values, range(2000), statistic=statistic, replicates=400)
    covered = ((found.low <= 0) & (found.high >= 0)).mean()
    assert 0.92 < covered < 0.97


def simulated_processes(between: float, groups: int = 300, processes: int = 20, rows: int = 20) -> Any:
    """Normal rows of variance 1 around processes of variance ``between``², in equal groups."""
    rng = np.random.default_rng(6)
    centres = between * rng.normal(size=(groups, processes, 1))
    values = (centres + rng.normal(size=(groups, processes, rows))).ravel()
    inside = np.arange(groups * processes + 1) * rows
    return np.arange(groups + 1) * processes, inside, values, range(groups)


@compiled_only
@pytest.mark.parametrize("statistic", STATISTICS)
def test_processes_widen_the_interval(statistic: str) -> None:
    """Where processes differ, resampling rows as if they were independent covers far too little; the
    two-level interval is wider in every group, and covers."""
    groups, inside, values, keys = simulated_processes(between=1.0)
    options: dict[str, Any] = {"statistic": statistic, "replicates": 400}
    two = bootstrap_intervals(groups, values, keys, process_offsets=inside, **options)
    rows = bootstrap_intervals(inside[groups], values, keys, **options)
    assert (two.high - two.low > rows.high - rows.low).all()
    assert ((two.low <= 0) & (two.high >= 0)).mean() > 0.9
    assert ((rows.low <= 0) & (rows.high >= 0)).mean() < 0.6


@compiled_only
def test_variance_of_two_levels() -> None:
    """The variance of a mean is σ²_between/P + σ²_within/(P·n), estimated from the group itself."""
    groups, inside, values, keys = simulated_processes(between=0.5)
    found = bootstrap_intervals(groups, values, keys, process_offsets=inside, statistic="mean")
    cube = values.reshape(300, 20, 20)
    exact = cube.mean(axis=2).var(axis=1) / 20 + cube.var(axis=2).mean(axis=1) / 400
    assert_allclose(found.standard_error[0], exact**0.5, rtol=0.12)


def test_missing_values() -> None:
    """A row that lacks one column is left out of all; a column that a group lacks is NaN alone."""
    offsets, values, keys = rows_of(5, 6)
    gap, without = values.copy(), np.delete(values, 2, axis=1)
    gap[1, 2] = np.inf
    found = bootstrap(offsets, gap, keys, replicates=9)
    assert_array_equal(found, bootstrap([0, 4, 10], without, keys, replicates=9))
    lacking = values.copy()
    lacking[1, :5] = [np.nan, np.inf, -np.inf, np.nan, np.nan]
    found, whole = (bootstrap(offsets, x, keys, replicates=9) for x in (lacking, values))
    assert np.isnan(found[1, 0]).all()
    assert_array_equal(found[[0, 2]], whole[[0, 2]])
    assert_array_equal(found[1, 1], whole[1, 1])


@pytest.mark.parametrize("statistic", STATISTICS)
def test_one_unit_has_no_interval(statistic: str) -> None:
    """One row, or one process, says nothing of its spread: NaN, and not an interval without width."""
    offsets, values, keys = rows_of(1, 2, 0)
    found = bootstrap_intervals(offsets, values, keys, statistic=statistic)
    assert np.isnan(found.low).tolist() == [[True, False, True]] * 3
    assert_array_equal(np.isnan(found.standard_error), np.isnan(found.low))
    one = bootstrap_intervals([0, 1], values, [1], process_offsets=[0, 3], statistic=statistic)
    assert np.isnan(one.high).all()
    assert_array_equal(bootstrap([0, 1], [4.0], [1], statistic=statistic), np.full((1, 1, 1000), 4.0))


def test_wider_confidence_is_wider() -> None:
    """More confidence never narrows the interval."""
    offsets, values, keys = rows_of(12)
    wide, narrow = (bootstrap_intervals(offsets, values, keys, confidence=c) for c in (0.99, 0.8))
    assert (wide.low <= narrow.low).all()
    assert (wide.high >= narrow.high).all()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"statistic": "mode"}, 'unknown statistic "mode": there are median, mean'),
        ({"replicates": 1}, "replicates must be at least 2, not 1"),
        ({"threads": 0}, "threads must be at least 1, not 0"),
        ({"process_offsets": [0, 3]}, "offsets must rise from 0 to the number of processes, 1"),
        ({"process_offsets": [0, 3, 2, 6]}, "process_offsets must rise from 0 to the number of rows, 6"),
        ({"seed": -1}, "seed must lie between 0"),
    ],
)
def test_what_cannot_be_meant(changed: dict[str, Any], said: str) -> None:
    """Options and offsets that make no sense are refused by name."""
    offsets, values, keys = rows_of(3, 3)
    for function in (bootstrap, bootstrap_intervals):
        with pytest.raises(ValueError, match=said):
            function(offsets, values, keys, **changed)


@pytest.mark.parametrize("confidence", [0.0, 1.0, -0.5, float("nan")])
def test_confidence_that_cannot_be(confidence: float) -> None:
    """A confidence lies between 0 and 1."""
    with pytest.raises(ValueError, match="confidence must lie between 0 and 1"):
        bootstrap_intervals(*rows_of(3), confidence=confidence)


def test_numbers_of_replicates_are_whole() -> None:
    """And a confidence is a number."""
    with pytest.raises(TypeError, match="replicates must be a whole number"):
        bootstrap([0, 2], [1.0, 2.0], [1], replicates=10.0)
    with pytest.raises(TypeError, match="confidence must be a number"):
        bootstrap_intervals([0, 2], [1.0, 2.0], [1], confidence=None)
