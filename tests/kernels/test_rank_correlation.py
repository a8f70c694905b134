"""Rank correlations: by hand, as SciPy's, and how they vary over resamples."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.kernels.rank_correlation import rank_correlations, resampled_rank_correlations
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

TABLES = arrays(np.float64, st.tuples(st.just(2), st.integers(2, 30)), elements=st.integers(-2, 3).map(float))
PAIR = [(0, 1)]


def test_by_hand() -> None:
    """x = 1 2 2 3, y = 1 3 2 2: of six pairs 3 are concordant and 1 is not, 1 is equal in each column.

    τ-b = (3 − 1)/√(5·5) = .4. Mean ranks 1 2.5 2.5 4 and 1 4 2.5 2.5, off their mean −1.5 0 0 1.5 and
    −1.5 1.5 0 0: ρ = 2.25/4.5 = .5.
    """
    found = rank_correlations([[1, 2, 2, 3], [1, 3, 2, 2]], PAIR)
    assert (found.n[0], found.kendall[0], found.spearman[0]) == (4, pytest.approx(0.4), pytest.approx(0.5))


@given(TABLES)
def test_the_same_as_scipys(table: np.ndarray) -> None:
    """SciPy gives the same, with ties, unless a column is constant: then there is none."""
    found = rank_correlations(table, PAIR)
    if np.ptp(table, axis=1).all():
        assert found.spearman[0] == pytest.approx(stats.spearmanr(*table).statistic, abs=1e-14)
        assert found.kendall[0] == pytest.approx(stats.kendalltau(*table).statistic, abs=1e-14)
    else:
        assert np.isnan([found.spearman[0], found.kendall[0]]).all()


def test_many_rows_without_ties() -> None:
    """Of five thousand different numbers the two agree with SciPy's to the last digits."""
    table = np.random.default_rng(0).random((2, 5000))
    found = rank_correlations(table, PAIR)
    assert found.spearman[0] == pytest.approx(stats.spearmanr(*table).statistic, rel=1e-9)
    assert found.kendall[0] == pytest.approx(stats.kendalltau(*table).statistic, rel=1e-12)


def test_missing_values_leave_out_their_pairs_alone() -> None:
    """A row without a value counts in the pairs that don't ask for it."""
    found = rank_correlations([[1, 2, 3, 4], [1, 2, np.nan, 3], [4, 3, 2, 1]], [(0, 1), (0, 2)])
    assert found.n.tolist() == [3, 4]
    assert found.kendall.tolist() == [1.0, -1.0]


@pytest.mark.compiled
def test_resamples_vary_as_theory_says() -> None:
    """Where two columns are independent the variance of ρ is 1/(n − 1), of τ 2(2n + 5)/(9n(n − 1))."""
    n = 2000
    table = np.random.default_rng(1).normal(size=(2, n))
    found = resampled_rank_correlations(table, PAIR, replicates=1000, seed=2)
    assert found.spearman.std() == pytest.approx(1 / np.sqrt(n - 1), rel=0.1)
    assert found.kendall.std() == pytest.approx(np.sqrt(2 * (2 * n + 5) / (9 * n * (n - 1))), rel=0.1)
    assert found.kendall.mean() == pytest.approx(rank_correlations(table, PAIR).kendall[0], abs=0.005)


def test_seeds_and_pairs_of_columns() -> None:
    """Another seed draws other rows; another order of the pairs only moves the answers."""
    table = np.random.default_rng(3).integers(0, 5, (3, 90)).astype(float)
    one = resampled_rank_correlations(table, [(0, 1), (2, 1)], replicates=4, seed=1)
    again = resampled_rank_correlations(table, [(2, 1), (0, 1)], replicates=4, seed=1)
    np.testing.assert_array_equal(one.kendall, again.kendall[::-1])
    assert (one.kendall != resampled_rank_correlations(table, [(0, 1), (2, 1)], replicates=4).kendall).any()


@pytest.mark.parametrize("pairs", [[(0, 2)], [(-1, 0)], [(0, 1, 1)], [(0, 0.5)]])
def test_pairs_name_columns(pairs: list[tuple[int, ...]]) -> None:
    """Each is two places of columns that are there."""
    with pytest.raises((TypeError, ValueError), match="pairs must"):
        rank_correlations([[1, 2], [2, 1]], pairs)  # type: ignore[arg-type]
