"""How far nodes lie from roots."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.kernels.depths import depths
from fitment.kernels.strong_components import strong_components
from hypothesis import given
from hypothesis import strategies as st

from tests.kernels.arrays import COMPILED
from tests.kernels.graphs import cycle, side_of
from tests.kernels.strategies import deterministic

NODES = 8


def of_edges(parent: list[int], child: list[int], nodes: int, mask: list[bool] | None = None):
    side = side_of(np.array(child, np.int64), np.array(parent, np.int64), nodes)
    found = strong_components(*side, mask)
    return depths(*side, found.label, found.order, mask)


def test_by_hand() -> None:
    """0 → 1 → 2 → 3 and 0 → 3; a cycle 4 ↔ 5 below 1 with 6 below it; a self-loop at 7."""
    parent, child = [0, 1, 2, 0, 1, 4, 5, 5, 7], [1, 2, 3, 3, 4, 5, 4, 6, 7]
    found = of_edges(parent, child, 8)
    assert found.depth.tolist() == [0, 1, 2, 3, 2, 2, 3, 0]
    assert found.generation.tolist() == [0, 1, 2, 1, 2, 2, 3, 0]
    without = of_edges(parent, child, 8, [p != 0 for p in parent])
    assert without.depth.tolist() == [0, 0, 1, 2, 1, 1, 2, 0]


@deterministic
@given(edges=st.lists(st.tuples(*[st.integers(0, NODES - 1)] * 2), max_size=24))
def test_an_edge_goes_down_a_step(edges: list[tuple[int, int]]) -> None:
    """Between components a child lies deeper than its parent, at most a generation below it."""
    parent, child = ([e[k] for e in edges] for k in range(2))
    found = of_edges(parent, child, NODES)
    label = strong_components(*side_of(np.array(child, int), np.array(parent, int), NODES)).label
    for p, c in edges:
        if label[p] == label[c]:
            assert found.depth[p] == found.depth[c]
        else:
            assert found.depth[p] < found.depth[c]
            assert found.generation[c] <= found.generation[p] + 1
    assert (found.generation <= found.depth).all()
    assert ((found.generation == 0) == (found.depth == 0)).all()


def test_a_long_line_and_a_long_cycle() -> None:
    """A line of n nodes is n − 1 deep, a cycle has no depth."""
    nodes = 1_000_000 if COMPILED else 5_000
    line = of_edges(list(range(nodes - 1)), list(range(1, nodes)), nodes)
    assert (line.depth == np.arange(nodes)).all()
    side = cycle(nodes)
    found = strong_components(*side)
    assert not depths(*side, found.label, found.order).depth.any()


@pytest.mark.parametrize(
    ("starts", "neighbours", "edges", "order"),
    [
        ([0, 3, 2], [0, 1], [0, 1], [0, 1]),
        ([0, 1, 2], [0, 2], [0, 1], [0, 1]),
        ([0, 1, 2], [1, 0], [0, 2], [0, 1]),
        ([0, 1, 2], [1, 0], [0, 1], [0, 2]),
    ],
)
def test_what_is_no_side_of_a_graph(
    starts: list[int], neighbours: list[int], edges: list[int], order: list[int]
) -> None:
    """Is refused, and never followed."""
    with pytest.raises(ValueError, match="are not one side of a graph"):
        depths(starts, neighbours, edges, [0, 1], order)
