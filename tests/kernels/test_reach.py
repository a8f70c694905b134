"""What some nodes of a graph reach."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.kernels.reach import ReachSpace, reached
from hypothesis import given
from hypothesis import strategies as st

from tests.kernels.arrays import COMPILED
from tests.kernels.graphs import cycle, side_of
from tests.kernels.strategies import deterministic

NODES = 8


def test_by_hand() -> None:
    """0 → 1, 2; 1 → 3; 2 → 3; 3 → 1: the nearest first, each by the edge that came first."""
    side = side_of(np.array([0, 0, 1, 2, 3]), np.array([1, 2, 3, 3, 1]), 4)
    found = reached(*side, [0])
    assert found.nodes.tolist() == [1, 2, 3]
    assert found.hops.tolist() == [1, 1, 2]
    assert found.edges.tolist() == [0, 1, 2]
    assert found.previous.tolist() == [-1, -1, 0]
    assert reached(*side, [0], [False, True, True, True, True]).nodes.tolist() == [2, 3, 1]


def test_a_start_is_reached_only_by_an_edge() -> None:
    """Itself where a cycle or self-loop leads back, another start where an edge leads to it."""
    side = side_of(np.array([0, 1, 2]), np.array([1, 0, 2]), 4)
    assert reached(*side, [0]).nodes.tolist() == [1, 0]
    assert (reached(*side, [2]).nodes.tolist(), reached(*side, [3]).nodes.tolist()) == ([2], [])
    both = reached(*side, [0, 1, 3])
    assert (both.nodes.tolist(), both.previous.tolist()) == ([1, 0], [-1, -2])
    assert reached(*side, []).nodes.tolist() == []


@deterministic
@given(
    edges=st.lists(st.tuples(*[st.integers(0, NODES - 1)] * 2, st.booleans()), max_size=24),
    questions=st.lists(st.integers(0, NODES - 1), min_size=1, max_size=5),
)
def test_one_space_serves_many_questions(edges: list[tuple[int, int, bool]], questions: list[int]) -> None:
    """With the answers that each question has by itself."""
    own, other, mask = (np.array([e[k] for e in edges], np.int64) for k in range(3))
    side, space = side_of(own, other, NODES), ReachSpace(NODES)
    together = [reached(*side, [v], mask.astype(bool), space=space) for v in questions]
    for v, found in zip(questions, together, strict=True):
        alone = reached(*side, [v], mask.astype(bool))
        assert found.nodes.tolist() == alone.nodes.tolist()
        assert sorted(found.hops.tolist()) == found.hops.tolist()
        assert mask[found.edges].all()
        assert (other[found.edges] == found.nodes).all()


def test_stamps_begin_anew_when_they_run_out() -> None:
    """After two thousand million questions."""
    side, space = side_of(np.array([0]), np.array([1]), 2), ReachSpace(2)
    space._questions = 2**31 - 3
    for _ in range(4):
        assert reached(*side, [0], space=space).nodes.tolist() == [1]


def test_a_cycle_through_all_nodes() -> None:
    """Is followed to its end."""
    nodes = 1_000_000 if COMPILED else 5_000
    found = reached(*cycle(nodes), [7])
    assert (found.nodes.size, found.nodes[-1], found.hops[-1]) == (nodes, 7, nodes)


def test_arguments_that_do_not_fit() -> None:
    """Are refused by name, and never followed."""
    side = side_of(np.array([0]), np.array([1]), 2)
    with pytest.raises(ValueError, match="sources must lie between 0 and the number of nodes - 1, 1"):
        reached(*side, [2])
    for bad in (([0, 2, 1], [1], [0]), ([0, 1, 1], [2], [0]), ([0, 1, 1], [1], [1])):
        with pytest.raises(ValueError, match="are not one side of a graph"):
            reached(*bad, [0])
    with pytest.raises(ValueError, match="space must be of 2 nodes, not of 3"):
        reached(*side, [0], space=ReachSpace(3))
