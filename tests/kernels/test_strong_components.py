"""Which nodes can reach each other, and the order of their components."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.kernels.strong_components import strong_components
from hypothesis import given
from hypothesis import strategies as st

from tests.kernels.arrays import COMPILED
from tests.kernels.graphs import cycle, side_of
from tests.kernels.strategies import deterministic

NODES = 8


def test_by_hand() -> None:
    """Two cycles, one leading to the other, a self-loop and a lonely node."""
    parent, child = np.array([1, 2, 2, 4, 0, 5]), np.array([2, 1, 0, 0, 4, 5])
    found = strong_components(*side_of(child, parent, 7))
    assert found.label.tolist() == [0, 1, 1, 3, 0, 5, 6]
    places = np.argsort(found.order)
    assert max(places[1], places[2]) < min(places[0], places[4])


@deterministic
@given(edges=st.lists(st.tuples(*[st.integers(0, NODES - 1)] * 2, st.booleans()), max_size=24))
def test_the_order_puts_those_first_to_whom_edges_lead(edges: list[tuple[int, int, bool]]) -> None:
    """Each node stands once, components side by side, and no edge that counts leads forward out of one."""
    own, other, mask = (np.array([e[k] for e in edges], np.int64) for k in range(3))
    found = strong_components(*side_of(own, other, NODES), mask.astype(bool))
    assert sorted(found.order.tolist()) == list(range(NODES))
    along = found.label[found.order]
    assert 1 + (along[1:] != along[:-1]).sum() == len(set(along.tolist()))
    places = np.argsort(found.order)
    leaves = mask.astype(bool) & (found.label[own] != found.label[other])
    assert (places[other[leaves]] < places[own[leaves]]).all()


def test_a_cycle_through_all_nodes() -> None:
    """Needs no recursion: a million nodes are one component."""
    nodes = 1_000_000 if COMPILED else 5_000
    side = cycle(nodes)
    found = strong_components(*side)
    assert not found.label.any()
    cut = np.ones(nodes, np.bool_)
    cut[0] = False
    opened = strong_components(*side, cut)
    assert (opened.label == np.arange(nodes)).all()


@pytest.mark.parametrize(
    ("starts", "neighbours", "edges"),
    [
        ([0, 3, 2], [0, 1], [0, 1]),
        ([0, 1, 2], [0, 2], [0, 1]),
        ([0, 1, 2], [-1, 0], [0, 1]),
        ([0, 1, 2], [1, 0], [2, 0]),
    ],
)
def test_what_is_no_side_of_a_graph(starts: list[int], neighbours: list[int], edges: list[int]) -> None:
    """Is refused, and never followed."""
    with pytest.raises(ValueError, match="are not one side of a graph"):
        strong_components(starts, neighbours, edges)


@pytest.mark.parametrize("starts", [[], [0, 1], [1, 2]])
def test_starts_that_do_not_fit(starts: list[int]) -> None:
    """Are refused by name."""
    with pytest.raises(ValueError, match="starts must rise from 0 to the number of neighbours, 2"):
        strong_components(starts, [0, 0], [0, 1])
