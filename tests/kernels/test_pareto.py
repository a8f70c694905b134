"""Pareto fronts of many groups: each group's own, whatever its size and neighbours."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.kernels import dominance
from fitment.kernels.pareto import COUNTED, pareto_front
from fitment.kernels.ranks import group_ranks
from fitment.kernels.scores import score_groups
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from tests.kernels.inputs import trade_offs
from tests.kernels.strategies import candidates, deterministic, weights


@pytest.mark.parametrize("seed", range(5))
def test_fronts_are_those_of_each_group_alone(seed: int) -> None:
    """Groups below and above COUNTED, with criteria that do not count, equal dominance.py alone."""
    offsets, *columns, used, tolerance = trade_offs(np.random.default_rng(seed), 2000)
    assert (np.diff(offsets) > COUNTED).any()
    found = pareto_front(offsets, *columns, used=used, tolerance=tolerance)
    for g in range(offsets.size - 1):
        group = slice(offsets[g], offsets[g + 1])
        own = [np.where(counts, x[group], np.nan) for x, counts in zip(columns, used[g], strict=True)]
        on_front = dominance.front(*own)
        assert_array_equal(found.front[group], on_front)
        assert_array_equal(found.near[group], dominance.near_front(*own, on_front, tolerance))


@pytest.mark.parametrize("size", [COUNTED, COUNTED + 1, 400])
@pytest.mark.parametrize("kind", ["equal", "all on the front", "a chain"])
def test_extreme_groups(size: int, kind: str) -> None:
    """All equal: all on the front. All trade-offs: all. Each worse than the last: one."""
    rising = np.arange(1.0, size + 1)
    t, latency = {
        "equal": (np.ones(size), np.ones(size)),
        "all on the front": (rising, rising),
        "a chain": (rising, rising[::-1]),
    }[kind]
    found = pareto_front([0, size], t, latency, np.ones(size))
    assert found.front.sum() == (1 if kind == "a chain" else size)
    assert not (found.front & found.near).any()


@deterministic
@given(group=candidates(complete=True, min_size=1), w=weights)
def test_rank_1_is_on_the_front_of_the_criteria_used(
    group: tuple[np.ndarray, ...], w: tuple[float, ...]
) -> None:
    """Some candidate of rank 1 is on the front over the criteria that carry weight, as scored."""
    *columns, n = group
    scores = score_groups([0, n.size], *columns, n, w)
    used = (scores.used[0] & (np.array(w) > 0))[None, :]
    # Components, since the last bits of two values may not be told apart in them.
    on_front = pareto_front(
        [0, n.size], scores.throughput, 1.0 / scores.latency, 1.0 / scores.memory, used=used
    ).front
    best = group_ranks([0, n.size], scores.compatibility) == 1
    close = scores.compatibility >= scores.compatibility.max() * (1 - 1e-12)
    assert (best & on_front).any() or (close & on_front).any()


@deterministic
@given(group=candidates(), seed=st.integers(0, 99))
def test_order_of_candidates_changes_nothing(group: tuple[np.ndarray, ...], seed: int) -> None:
    """Shuffled candidates are on the front as they were."""
    *columns, n = group
    order = np.random.default_rng(seed).permutation(n.size)
    found = pareto_front([0, n.size], *columns)
    shuffled = pareto_front([0, n.size], *(x[order] for x in columns))
    assert_array_equal(shuffled.front, found.front[order])
    assert_array_equal(shuffled.near, found.near[order])


@pytest.mark.parametrize("tolerance", [-0.01, np.nan, np.inf])
def test_a_tolerance_that_cannot_be(tolerance: float) -> None:
    """Negative, NaN and infinite ones are refused by name."""
    with pytest.raises(ValueError, match="tolerance must be finite"):
        pareto_front([0, 1], [1.0], [1.0], [1.0], tolerance=tolerance)


def test_used_is_one_row_for_each_group() -> None:
    """Another shape is refused: no read out of bounds."""
    with pytest.raises(ValueError, match=r"used must be of shape \(1, 3\)"):
        pareto_front([0, 1], [1.0], [1.0], [1.0], used=np.ones((2, 3), dtype=bool))


@pytest.mark.parametrize(("least", "tolerance"), [(1.79e308, 0.01), (10.0, 1e308)])
def test_what_is_missing_is_never_near(least: float, tolerance: float) -> None:
    """Not where the tolerated value overflows, either."""
    found = pareto_front([0, 2], [1.0, 1.0], [1.0, 1.0], [least, np.nan], tolerance=tolerance)
    assert found.front.tolist() == [True, False]
    assert found.near.tolist() == [False, False]
