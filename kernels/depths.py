"""How far each node lies from the roots: the longest way and the shortest; a cycle is one place.

Nodes come in an order in which all that an edge leads up to stand before it (``strong_components`` along the
parents), so that one pass over the edges will do.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .columns import SIDE_REFUSED, id_column, side_columns
from .jit import IDS_IN, IDS_OUT, MARKS_IN, kernel

Wholes = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Depths:
    """How far each node lies from a root: a strong component into which no edge leads from outside."""

    depth: Wholes  # int32[n]: edges between strong components on the longest way from any root
    generation: Wholes  # int32[n]: on the shortest such way


def depths(
    starts: ArrayLike,
    neighbours: ArrayLike,
    edges: ArrayLike,
    label: ArrayLike,
    order: ArrayLike,
    mask: ArrayLike | None = None,
) -> Depths:
    """The depth and the generation of each node.

    ``starts``, ``neighbours``, ``edges``: the parents of each, as ``csr.Neighbours`` has them; ``label`` and
    ``order``: as ``strong_components`` gives them for these and for the same ``mask``. Raises TypeError,
    ValueError.
    """
    side = side_columns(starts, neighbours, edges, mask)
    nodes = side[0].size - 1
    strong, first = id_column("label", label, nodes), id_column("order", order, nodes)
    found = Depths(np.zeros(nodes, np.int32), np.zeros(nodes, np.int32))
    if not _fill_depths(*side, strong, first, found.depth, found.generation):
        raise ValueError(SIDE_REFUSED)
    return found


@kernel((IDS_IN, IDS_IN, IDS_IN, MARKS_IN, IDS_IN, IDS_IN, IDS_OUT, IDS_OUT), counted=False)
def _fill_depths(  # type: ignore[no-untyped-def]
    starts, neighbours, edges, mask, label, order, depth, generation
):
    """Fills both; False where an element is out of range."""
    nodes, begin = order.size, 0
    for i in range(nodes):
        if not 0 <= order[i] < nodes:
            return False
    while begin < nodes:
        end, longest, shortest = begin + 1, -1, nodes
        while end < nodes and label[order[end]] == label[order[begin]]:
            end += 1
        alone = end == begin + 1
        for i in range(begin, end):
            v = order[i]
            if starts[v] < 0 or starts[v + 1] > neighbours.size:
                return False
            for place in range(starts[v], starts[v + 1]):
                other, edge = neighbours[place], edges[place]
                if not (0 <= other < nodes and 0 <= edge < neighbours.size):
                    return False
                outside = other != v and (alone or label[other] != label[v])
                if outside and (mask.size == 0 or mask[edge]):
                    longest = max(longest, depth[other])
                    shortest = min(shortest, generation[other])
        if longest >= 0:
            for i in range(begin, end):
                depth[order[i]], generation[order[i]] = longest + 1, shortest + 1
        begin = end
    return True
