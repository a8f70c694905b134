"""The best candidate of each hardware: by score, then runs, then place; constraints act last."""

from __future__ import annotations

import numpy as np
from fitment.kernels.best import NONE, best_candidates
from fitment.kernels.constraints import shortfall
from fitment.kernels.scores import score_groups
from hypothesis import given
from hypothesis import strategies as st

from tests.kernels.strategies import candidates, deterministic


def test_score_then_runs_then_place() -> None:
    """Hardware 0 by its score, 1 by more runs, 2 by its place, 3 by what lies first; 4 has nothing."""
    ids = [0, 0, 1, 1, 2, 2, 3, 3, 4]
    score = [0.2, 0.4, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, np.nan]
    n = [9, 1, 1, 3, 2, 2, 2, 2, 5]
    found = best_candidates(ids, 6, score, n, place=[0, 1, 0, 1, 7, 6, 3, 3, 0])
    assert found.chosen.tolist() == [1, 3, 5, 6, NONE, NONE]
    assert found.closest.tolist() == [NONE] * 6


def test_the_closest_miss_where_nothing_is_left() -> None:
    """Who meets the limits is chosen, however low its score; else the least miss is named."""
    missed = [1.5, 1.0, 1.5, 1.2, np.inf, np.inf]
    found = best_candidates([0, 0, 1, 1, 2, 2], 3, [0.9, 0.1, 0.9, 0.1, 0.3, 0.4], [1] * 6, shortfall=missed)
    assert found.chosen.tolist() == [1, NONE, NONE]
    assert found.closest.tolist() == [NONE, 3, 5]


@deterministic
@given(group=candidates(min_size=1), seed=st.integers(0, 99))
def test_order_of_candidates_changes_nothing(group: tuple[np.ndarray, ...], seed: int) -> None:
    """With places of their own, the same candidates are chosen however they lie."""
    t, latency, m, n = group
    order = np.random.default_rng(seed).permutation(n.size)
    ids, place = np.arange(n.size, dtype=np.int32) % 3, np.arange(n.size)
    missed = shortfall(t, latency, m, max_latency=1.0)
    score = score_groups([0, n.size], t, latency, m, n).compatibility
    found = best_candidates(ids, 3, score, n, place=place, shortfall=missed)
    shuffled = best_candidates(
        ids[order], 3, score[order], n[order], place=place[order], shortfall=missed[order]
    )
    for one, other in ((found.chosen, shuffled.chosen), (found.closest, shuffled.closest)):
        assert one.tolist() == [NONE if i == NONE else order[i] for i in other]


@deterministic
@given(group=candidates(min_size=1), limit=st.floats(1e-6, 1e12))
def test_a_looser_limit_never_loses_hardware(group: tuple[np.ndarray, ...], limit: float) -> None:
    """What is chosen meets the limit, and twice the limit leaves nobody worse off."""
    t, latency, m, n = group
    score = np.arange(n.size) / n.size
    ids = np.zeros(n.size, dtype=np.int32)
    within = best_candidates(ids, 1, score, n, shortfall=shortfall(t, latency, m, max_memory=limit)).chosen[0]
    looser = best_candidates(ids, 1, score, n, shortfall=shortfall(t, latency, m, max_memory=2 * limit))
    if within != NONE:
        assert m[within] <= limit
        assert looser.chosen[0] >= within


def test_an_unknown_shortfall_is_no_near_miss() -> None:
    """NaN lies first, and yet the known one is closer; alone it is the closest there is."""
    found = best_candidates(
        [0, 0, 0, 1], 2, [3.0, 2.0, 1.0, 1.0], [1] * 4, shortfall=[np.nan, 2.0, 3.0, np.nan]
    )
    assert found.chosen.tolist() == [-1, -1]
    assert found.closest.tolist() == [1, 3]
