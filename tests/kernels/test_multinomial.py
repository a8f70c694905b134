"""Resampled counts are distributed as those of rows that are drawn one by one."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.kernels.multinomial import kinds, resampled_counts
from scipy import stats

from tests.kernels.arrays import COMPILED

COUNTS = [1000, 3, 70, 64, 1, 0, 500, 63]
TIMES = 4000 if COMPILED else 40


def drawn() -> np.ndarray:
    return np.array([resampled_counts(COUNTS, key) for key in range(TIMES)])


def test_they_come_to_all_rows() -> None:
    """As many rows are drawn as there are; a kind without rows never."""
    assert (drawn().sum(axis=1) == sum(COUNTS)).all()
    assert not drawn()[:, 5].any()


@pytest.mark.compiled
@pytest.mark.parametrize("kind", [0, 1, 2, 7])
def test_each_count_is_binomial(kind: int) -> None:
    """Of a common kind as of a rare one: a test of fit over its quantiles finds nothing (p > .001)."""
    n, p = sum(COUNTS), COUNTS[kind] / sum(COUNTS)
    edges = np.unique(stats.binom.ppf(np.linspace(0.1, 0.9, 9), n, p))
    found = np.bincount(np.searchsorted(edges, drawn()[:, kind]), minlength=edges.size + 1)
    expected = np.diff([0.0, *stats.binom.cdf(edges, n, p), 1.0]) * TIMES
    assert stats.chisquare(found, expected).pvalue > 0.001


@pytest.mark.compiled
def test_counts_go_down_where_others_go_up() -> None:
    """The covariance of two counts is −n·p·q, of two common ones and of a common and a rare one."""
    n, shares = sum(COUNTS), np.array(COUNTS) / sum(COUNTS)
    found = np.cov(drawn().T)
    for a, b in ((0, 6), (0, 7)):
        assert found[a, b] == pytest.approx(-n * shares[a] * shares[b], rel=0.2)


def test_of_one_kind_all_are_drawn() -> None:
    """Whether it is common or rare."""
    assert resampled_counts([0, 100, 0], 1).tolist() == [0, 100, 0]
    assert resampled_counts([0, 5], 1).tolist() == [0, 5]
    assert resampled_counts([], 1).tolist() == []


def test_too_many_rows_are_refused() -> None:
    """A row is known by 32 bits."""
    with pytest.raises(ValueError, match="counts must come to"):
        kinds([2**31, 5])
