"""Edges, each once and in order, and the neighbours of each node."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.kernels.csr import merged_edges, neighbours
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from tests.kernels.strategies import deterministic

EDGES = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(0, 255)), max_size=40)


def test_edges_by_hand() -> None:
    """Repeated pairs become one with all their bits; a self-loop stays; the order is parent, then child."""
    merged = merged_edges([2, 0, 2, 1, 2], [1, 2, 1, 1, 0], [1, 0, 4, 2, 8], 3)
    assert_array_equal(merged.parent, [0, 1, 2, 2])
    assert_array_equal(merged.child, [2, 1, 0, 1])
    assert_array_equal(merged.bits, [0, 2, 8, 5])
    assert [x.dtype for x in (merged.parent, merged.child, merged.bits)] == [np.int32, np.int32, np.uint8]


@deterministic
@given(edges=EDGES)
def test_both_sides_hold_every_edge(edges: list[tuple[int, int, int]]) -> None:
    """Each edge stands once on either side, under its own end, and neighbours ascend."""
    parent, child, bits = (np.array([edge[k] for edge in edges], np.int64) for k in range(3))
    merged = merged_edges(parent, child, bits, 7)
    pairs = sorted({(p, c) for p, c, _ in edges})
    assert list(zip(merged.parent.tolist(), merged.child.tolist(), strict=True)) == pairs
    for own, other in ((merged.parent, merged.child), (merged.child, merged.parent)):
        side = neighbours(own, other, 7)
        assert sorted(side.edges.tolist()) == list(range(len(pairs)))
        for v in range(7):
            part = slice(side.starts[v], side.starts[v + 1])
            assert (own[side.edges[part]] == v).all()
            assert_array_equal(other[side.edges[part]], side.neighbours[part])
            assert_array_equal(side.neighbours[part], np.sort(side.neighbours[part]))


def test_nodes_out_of_range() -> None:
    """Are refused by name, whichever end it is; so are bits that do not fit a byte."""
    with pytest.raises(ValueError, match="parent must lie between 0 and n_nodes - 1, 1"):
        merged_edges([2], [0], [0], 2)
    with pytest.raises(ValueError, match="child must lie between"):
        merged_edges([0], [-1], [0], 2)
    with pytest.raises(ValueError, match="bits must lie between 0 and 255"):
        merged_edges([0], [0], [256], 2)
    with pytest.raises(ValueError, match="own must lie between"):
        neighbours([0, 2], [0, 0], 2)
    with pytest.raises(ValueError, match="other must lie between"):
        neighbours([0, 1], [0, 2], 2)
    for bad, limit in ((-1, "at least 0"), (2**28 + 1, "at most 268435456")):
        with pytest.raises(ValueError, match=f"n_nodes must be {limit}"):
            merged_edges([], [], [], bad)


def test_the_largest_numbers_there_can_be() -> None:
    """Neither end runs over into the other, nor into the bits."""
    last = 2**28 - 1
    merged = merged_edges([last, 0, last], [last, last, 0], [255, 128, 1], 2**28)
    assert_array_equal(merged.parent, [0, last, last])
    assert_array_equal(merged.child, [last, 0, last])
    assert_array_equal(merged.bits, [128, 1, 255])
