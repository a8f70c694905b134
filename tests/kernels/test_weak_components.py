"""Which nodes hang together."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.kernels.weak_components import weak_components
from hypothesis import given
from hypothesis import strategies as st

from tests.kernels.strategies import deterministic

NODES = 9


def test_by_hand() -> None:
    """Named after the least node; one without edges is a component; a mask takes edges away."""
    parent, child = [4, 1, 5, 3], [2, 4, 3, 3]
    assert weak_components(parent, child, 6).tolist() == [0, 1, 1, 3, 1, 3]
    assert weak_components(parent, child, 6, [True, False, True, True]).tolist() == [0, 1, 2, 3, 2, 3]


@deterministic
@given(edges=st.lists(st.tuples(*[st.integers(0, NODES - 1)] * 2, st.booleans()), max_size=20))
def test_ends_of_an_edge_share_a_component(edges: list[tuple[int, int, bool]]) -> None:
    """The labels are least nodes, and there are as few joins as edges allow."""
    parent, child, mask = (np.array([e[k] for e in edges], int) for k in range(3))
    label = weak_components(parent, child, NODES, mask.astype(bool))
    counts = mask.astype(bool)
    assert (label[parent[counts]] == label[child[counts]]).all()
    assert (label[label] == label).all()
    assert (label <= np.arange(NODES)).all()
    assert len(set(label.tolist())) >= NODES - counts.sum()


def test_a_long_line() -> None:
    """Is one component, whichever way its edges are numbered."""
    nodes = np.random.default_rng(0).permutation(30_000).astype(np.int32)
    assert not weak_components(nodes[:-1], nodes[1:], nodes.size).any()


def test_nodes_out_of_range() -> None:
    """Are refused by name."""
    with pytest.raises(ValueError, match="parent and child must lie between 0 and n_nodes - 1, 1"):
        weak_components([0], [2], 2)
    with pytest.raises(ValueError, match="mask must be of shape"):
        weak_components([0], [1], 2, [True, False])
