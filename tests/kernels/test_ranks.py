"""Ranks in many groups: those of the formula, of SciPy, and of each group alone, however large it is."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from fitment.kernels import formulae
from fitment.kernels.ranks import COUNTED, group_ranks
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal
from scipy import stats

from tests.kernels.inputs import scores_in_groups
from tests.kernels.strategies import columns, deterministic


def test_ties_share_a_rank_and_nan_comes_last() -> None:
    """1, 1, 3 by hand; all of a group's NaN share the rank after its worst score."""
    found = group_ranks([0, 4, 4, 7], [0.5, 0.9, np.nan, 0.9, np.nan, np.nan, 0.0])
    assert found.tolist() == [3, 1, 4, 1, 2, 2, 1]


@deterministic
@given(score=columns(st.integers(0, 30)))
def test_a_group_alone_ranks_as_the_formula_says(score: np.ndarray) -> None:
    """Also with infinite scores, zeros of both signs, ties and NaN."""
    assert_array_equal(group_ranks([0, score.size], score), formulae.competition_ranks(score))


@pytest.mark.parametrize("size", [COUNTED - 1, COUNTED, COUNTED + 1, 5000])
@pytest.mark.parametrize("levels", [3, 10**9])
def test_large_groups_rank_as_small_ones(size: int, levels: int) -> None:
    """Where larger scores are no longer counted but sorted, ranks are the same, between other groups too."""
    rng = np.random.default_rng(size)
    score = rng.integers(0, levels, size + 7) / 8.0
    score[rng.random(score.size) < 0.1] = np.nan
    score[[3, 5]] = np.inf, -np.inf
    found = group_ranks([0, 3, 3 + size, score.size], score)
    for part in (slice(0, 3), slice(3, 3 + size), slice(3 + size, None)):
        assert_array_equal(found[part], formulae.competition_ranks(score[part]))


def test_ranks_are_those_of_scipy() -> None:
    """SciPy's rankdata by method "min", of scores without a gap."""
    offsets, score = scores_in_groups(np.random.default_rng(1), 3000)
    score = np.nan_to_num(score)
    found = group_ranks(offsets, score)
    for a, b in pairwise(offsets):
        assert_array_equal(found[a:b], stats.rankdata(-score[a:b], method="min"))


def test_no_candidates_have_no_ranks() -> None:
    """No groups, and groups without candidates."""
    assert group_ranks([0], []).size == 0
    assert group_ranks([0, 0, 0], []).size == 0
