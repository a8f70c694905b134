"""Which nodes hang together when edges go both ways: union and find.

Of two trees the one of the larger root is hung under the smaller, so that a root is the least of its
component; every other node on the way to a root is hung one further up (path halving; Tarjan and van Leeuwen
1984, doi:10.1145/62.2160).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .columns import edge_marks, id_column, node_count
from .jit import IDS_IN, IDS_OUT, MARKS_IN, kernel, uncounted


def weak_components(
    parent: ArrayLike, child: ArrayLike, n_nodes: int, mask: ArrayLike | None = None
) -> NDArray[np.int32]:
    """The weak component of each node, int32[n_nodes]: the least node in it.

    ``parent``, ``child``: int32[m], each 0 … n_nodes − 1; ``mask``: bool[m], the edges that count. Raises
    TypeError, ValueError.
    """
    parents = id_column("parent", parent)
    children, nodes = id_column("child", child, parents.size), node_count(n_nodes)
    label = np.empty(nodes, np.int32)
    if not _fill_components(parents, children, edge_marks(mask, parents.size), label):
        raise ValueError(f"parent and child must lie between 0 and n_nodes - 1, {nodes - 1}")
    return label


@uncounted
def _root(label, v):  # type: ignore[no-untyped-def]
    while label[v] != v:
        label[v] = label[label[v]]
        v = label[v]
    return v


@kernel((IDS_IN, IDS_IN, MARKS_IN, IDS_OUT), counted=False)
def _fill_components(parent, child, mask, label):  # type: ignore[no-untyped-def]
    """Fills the labels; False where a node is out of range."""
    for v in range(label.size):
        label[v] = v
    for e in range(parent.size):
        a, b = parent[e], child[e]
        if not (0 <= a < label.size and 0 <= b < label.size):
            return False
        if mask.size == 0 or mask[e]:
            a, b = _root(label, a), _root(label, b)
            label[max(a, b)] = min(a, b)
    for v in range(label.size):  # whom a node hangs under is less than it, and done
        label[v] = label[label[v]]
    return True
