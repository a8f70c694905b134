"""The k best of each group: exactly k, in a stated order, and what that cuts apart."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.kernels.top_k import COUNTED, group_top_k
from hypothesis import given
from hypothesis import strategies as st

from tests.kernels.naive import group_top_k as by_hand
from tests.kernels.strategies import columns, deterministic


def test_exactly_k_and_the_tie_it_cuts() -> None:
    """Of 0.9, 0.5, 0.5, 0.5 the three best leave one out that shares their last rank."""
    found = group_top_k([0, 4, 6], [0.5, 0.9, 0.5, 0.5, np.nan, 0.1], 3)
    assert found.chosen.tolist() == [1, 0, 2, 5]
    assert found.offsets.tolist() == [0, 3, 4]
    assert found.tied.tolist() == [1, 0]


def test_places_order_equals() -> None:
    """Of equal scores the smaller place goes first, then the one that lies first."""
    assert group_top_k([0, 4], [1.0] * 4, 3, place=[2, 1, 2, 0]).chosen.tolist() == [3, 1, 0]


@pytest.mark.parametrize("k", [0, -1])
def test_fewer_than_one_is_refused(k: int) -> None:
    """K < 1 can't be meant."""
    with pytest.raises(ValueError, match="k must be at least 1"):
        group_top_k([0, 1], [1.0], k)


@pytest.mark.parametrize("k", [1, 3, 700, 10**9])
@pytest.mark.parametrize("levels", [2, 10**9])
def test_large_groups_are_cut_as_small_ones(k: int, levels: int) -> None:
    """Where candidates are no longer counted but sorted, the answer is that of the plain sort."""
    rng = np.random.default_rng(k)
    size = COUNTED + 200
    score = rng.integers(0, levels, size + 9).astype(float)
    score[rng.random(score.size) < 0.1] = np.nan
    offsets, place = [0, 4, 4 + size, size + 9], rng.integers(0, 5, score.size)
    for given_places, places in ((place, place), (None, np.zeros(score.size, int))):
        found = group_top_k(offsets, score, k, place=given_places)
        expected = by_hand(offsets, score.tolist(), k, places.tolist())
        assert found.chosen.tolist() == expected["chosen"]
        assert found.offsets.tolist() == expected["offsets"]
        assert found.tied.tolist() == expected["tied"]


def test_groups_of_nan_alone_choose_nobody() -> None:
    """Small and large."""
    found = group_top_k([0, 2, COUNTED + 5], np.full(COUNTED + 5, np.nan), 3)
    assert found.chosen.size == 0
    assert found.tied.tolist() == [0, 0]


@deterministic
@given(score=columns(st.integers(0, 12)), k=st.integers(1, 5), seed=st.integers(0, 99))
def test_order_of_candidates_changes_nothing(score: np.ndarray, k: int, seed: int) -> None:
    """With places of their own, the same candidates are chosen however they lie."""
    order = np.random.default_rng(seed).permutation(score.size)
    place = np.arange(score.size)
    found = group_top_k([0, score.size], score, k, place=place)
    shuffled = group_top_k([0, score.size], score[order], k, place=place[order])
    assert order[shuffled.chosen].tolist() == found.chosen.tolist()
    assert shuffled.tied.tolist() == found.tied.tolist()


def test_a_k_that_is_no_whole_number() -> None:
    """Refused by name; one beyond every group takes them all."""
    with pytest.raises(TypeError, match="k must be a whole number"):
        group_top_k([0, 2], [1.0, 2.0], 1.5)
    assert group_top_k([0, 2], [1.0, 2.0], 2**63 - 1).chosen.tolist() == [1, 0]
