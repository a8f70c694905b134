"""The edges of a graph, each once and in order, and the neighbours of each node on one side.

Edges become numbers, which NumPy sorts by SIMD in a fraction of what two counting sorts take. Neighbours are
brought together by a counting sort, which compares nothing: a pass over the nodes and two over the edges.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .columns import byte_column, id_column, node_count, whole_number
from .jit import IDS_IN, IDS_OUT, KEYS_OUT, kernel

Wholes = NDArray[np.int32]

NODE_BITS = 28  # of a node, so that both and a byte are one number
_NODE, _BYTE, _LAST = np.uint64(NODE_BITS), np.uint64(8), np.uint64((1 << NODE_BITS) - 1)


@dataclass(frozen=True, slots=True)
class MergedEdges:
    """Each pair of parent and child once, sorted by parent, then child."""

    parent: Wholes  # int32[m]
    child: Wholes  # int32[m]
    bits: NDArray[np.uint8]  # uint8[m]: all bits that were given for the pair


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The neighbours of each node on one side: those of v are ``neighbours[starts[v]:starts[v + 1]]``."""

    starts: Wholes  # int32[n_nodes + 1]
    neighbours: Wholes  # int32[m], of one node in the order of their edges
    edges: Wholes  # int32[m]: the edge that leads to each


def merged_edges(parent: ArrayLike, child: ArrayLike, bits: ArrayLike, n_nodes: int) -> MergedEdges:
    """The distinct edges of a list in any order.

    ``parent``, ``child``: int32[k], each 0 … n_nodes − 1, of at most 2**28 nodes; ``bits``: uint8[k]. Raises
    TypeError, ValueError.
    """
    nodes = whole_number("n_nodes", n_nodes, 0, 1 << NODE_BITS)
    parents = id_column("parent", parent)
    children = id_column("child", child, parents.size)
    said = byte_column("bits", bits, parents.size)
    for name, ends in (("parent", parents), ("child", children)):
        if ends.size and not 0 <= ends.min() <= ends.max() < nodes:
            raise ValueError(f"{name} must lie between 0 and n_nodes - 1, {nodes - 1}")
    edges = (parents.astype(np.uint64) << _NODE | children.astype(np.uint64)) << _BYTE | said
    edges.sort()
    kept = _merge(edges)
    said = edges[:kept].astype(np.uint8)
    edges = edges[:kept] >> _BYTE
    return MergedEdges((edges >> _NODE).astype(np.int32), (edges & _LAST).astype(np.int32), said)


def neighbours(own: ArrayLike, other: ArrayLike, n_nodes: int) -> Neighbours:
    """The ``other`` ends of the edges of each node, by the ends that are its ``own``.

    Both int32[m], each 0 … n_nodes − 1. From parent to child gives the children of each node, the other way
    round its parents; of edges sorted by parent, then child, they ascend either way. Raises TypeError,
    ValueError.
    """
    owners = id_column("own", own)
    others, nodes = id_column("other", other, owners.size), node_count(n_nodes)
    if others.size and not 0 <= others.min() <= others.max() < nodes:
        raise ValueError(f"other must lie between 0 and n_nodes - 1, {nodes - 1}")
    by_owner = _sorted_by("own", owners, nodes)
    return Neighbours(by_owner.starts, others[by_owner.order], by_owner.order)


@dataclass(frozen=True, slots=True)
class _Sorted:
    starts: Wholes
    order: Wholes


def _sorted_by(name: str, ids: Wholes, nodes: int) -> _Sorted:
    starts, order = np.zeros(nodes + 1, np.int32), np.empty(ids.size, np.int32)
    if not _fill_sorted(ids, starts, order):
        raise ValueError(f"{name} must lie between 0 and n_nodes - 1, {nodes - 1}")
    return _Sorted(starts, order)


@kernel((IDS_IN, IDS_OUT, IDS_OUT), counted=False)
def _fill_sorted(ids, starts, order):  # type: ignore[no-untyped-def]
    """Fills a stable order by id, and where each starts; False where an id is out of range."""
    nodes = starts.size - 1
    for i in range(ids.size):
        if not 0 <= ids[i] < nodes:
            return False
        starts[ids[i]] += 1
    for v in range(1, starts.size):
        starts[v] += starts[v - 1]
    for i in range(ids.size - 1, -1, -1):  # each id has its end, and goes down to its start
        v = ids[i]
        starts[v] -= 1
        order[starts[v]] = i
    return True


@kernel((KEYS_OUT,), counted=False)
def _merge(edges):  # type: ignore[no-untyped-def]
    """Moves each pair of sorted edges to the front once, with all its bits; how many there are."""
    kept = 0
    for i in range(edges.size):
        if kept > 0 and edges[i] >> _BYTE == edges[kept - 1] >> _BYTE:
            edges[kept - 1] |= edges[i]
        else:
            edges[kept] = edges[i]
            kept += 1
    return kept
