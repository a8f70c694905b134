"""What flows down a graph from those who carry it: whom it reaches, in how few steps, and along which way.

Each item, such as a clause of a licence, starts anew at every node that carries it. A way to a node goes back
at each step to the neighbour nearest to a carrier, and of several to the one with the least number: it is
found by walking, not by searching.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .columns import byte_column, id_column, mark_table
from .jit import BYTES_IN, BYTES_OUT, IDS_IN, IDS_OUT, MARKS_IN, WHOLES_OUT, kernel, uncounted

Bits = NDArray[np.uint8]
Ids = NDArray[np.int32]
Marks = NDArray[np.bool_]
Wholes = NDArray[np.int64]

NONE = -1


@dataclass(frozen=True, slots=True)
class ClauseFlow:
    """Whom each item reaches; those of item i are rows ``starts[i]:starts[i + 1]``, the nearest first."""

    starts: Wholes  # int64[k + 1]
    node: Ids  # int32[r]
    hops: Ids  # int32[r]: edges from the nearest carrier, at least 1
    via: Ids  # int32[r]: the neighbour before it on the way
    origin: Ids  # int32[r]: the carrier at which the way starts
    first: Ids  # int32[r]: the first on the way, the node included, that drops the item; NONE = −1
    along: Bits  # uint8[r]: the kinds of all edges on the way, joined by OR


def clause_flow(
    starts: ArrayLike,
    neighbours: ArrayLike,
    kinds: ArrayLike,
    codes: ArrayLike,
    carried: ArrayLike,
    drops: ArrayLike,
    shown: ArrayLike,
) -> ClauseFlow:
    """Whom items reach in the graph where v's successors are ``neighbours[starts[v]:starts[v + 1]]``.

    ``kinds`` is uint8[m], a bitmask for each edge; an edge of kind 0 is not gone along. ``codes``, int32[n],
    puts each node into one of s classes; ``carried``, ``drops`` and ``shown``, bool[k, s], say which classes
    carry an item, drop it, and are listed where it reaches them. A carrier is reached where a way leads to it
    from another carrier, or back to itself. Takes time in the edges that each item goes along.

    Raises TypeError for arrays that don't hold such numbers, ValueError for shapes or places that don't fit.
    """
    first, others = id_column("starts", starts), id_column("neighbours", neighbours)
    n = first.size - 1
    bits, classes = byte_column("kinds", kinds, others.size), id_column("codes", codes, max(n, 0))
    _check_graph(first, others)
    shape = np.shape(carried)
    if len(shape) != 2:
        raise ValueError(f"carried must have two axes, items and classes, not {len(shape)}")
    tables = [
        mark_table(name, table, shape)
        for name, table in (("carried", carried), ("drops", drops), ("shown", shown))
    ]
    if n and not (classes.min() >= 0 and classes.max() < shape[1]):
        raise ValueError(f"codes must lie between 0 and {shape[1] - 1}, the last class of carried")
    return _flow(first, others, bits, classes, *tables)


def _check_graph(starts: Ids, neighbours: Ids) -> None:
    n = starts.size - 1
    if n < 0 or starts[0] != 0 or starts[-1] != neighbours.size or (np.diff(starts) < 0).any():
        raise ValueError("starts must ascend from 0 to the number of neighbours")
    if neighbours.size and not (neighbours.min() >= 0 and neighbours.max() < n):
        raise ValueError(f"neighbours must lie between 0 and {n - 1}, the last node of starts")


def _flow(
    starts: Ids, neighbours: Ids, kinds: Bits, codes: Ids, carried: Marks, drops: Marks, shown: Marks
) -> ClauseFlow:
    n = starts.size - 1
    place, count = np.full(n, NONE, np.int32), np.zeros(1, np.int64)
    node, hops, via, origin, first = (np.empty(n, np.int32) for _ in range(5))
    along = np.empty(n, np.uint8)
    columns: tuple[NDArray[Any], ...] = (node, hops, via, origin, first, along)
    leading = np.flatnonzero(starts[1:] > starts[:-1]).astype(np.int32)
    classes = codes[leading]
    parts = [[column[:0].copy() for column in columns]]
    for carries, dropping, listed in zip(carried, drops, shown, strict=True):
        sources = leading[carries[classes]]
        _fill_flow(starts, neighbours, kinds, codes, sources, dropping, place, *columns, count)
        reached = int(count[0])
        kept = np.flatnonzero(listed[codes[node[:reached]]])
        parts.append([column[:reached][kept] for column in columns])
    sizes = [len(part[0]) for part in parts]
    return ClauseFlow(np.cumsum(sizes), *(np.concatenate(each) for each in zip(*parts, strict=True)))


@uncounted
def _reach_next(starts, neighbours, kinds, u, far, place, node, hops, via, along, found):  # type: ignore[no-untyped-def]
    """Adds those whom u leads to, ``far`` steps from a carrier; gives how many are reached by now."""
    for edge in range(starts[u], starts[u + 1]):
        if kinds[edge] == 0:
            continue
        v = neighbours[edge]
        at = place[v]
        if at == NONE:
            place[v] = found
            node[found], hops[found], via[found], along[found] = v, far, u, kinds[edge]
            found += 1
        elif hops[at] == far and u < via[at]:
            via[at], along[at] = u, kinds[edge]
    return found


@kernel(
    (*(IDS_IN, IDS_IN, BYTES_IN, IDS_IN, IDS_IN, MARKS_IN), *(IDS_OUT,) * 6, BYTES_OUT, WHOLES_OUT),
    counted=False,
)
def _fill_flow(
    starts: Any,
    neighbours: Any,
    kinds: Any,
    codes: Any,
    sources: Any,
    drops: Any,
    place: Any,
    node: Any,
    hops: Any,
    via: Any,
    origin: Any,
    first: Any,
    along: Any,
    count: Any,
) -> None:
    """Fills whom one item reaches, breadth first. ``place``, all NONE before, is so again after."""
    found = 0
    for i in range(sources.size):
        found = _reach_next(starts, neighbours, kinds, sources[i], 1, place, node, hops, via, along, found)
    at = 0
    while at < found:
        v, before = node[at], via[at]
        if hops[at] == 1:
            origin[at], first[at] = before, NONE
        else:
            way = place[before]
            origin[at], first[at] = origin[way], first[way]
            along[at] |= along[way]
        if first[at] == NONE and drops[codes[v]]:
            first[at] = v
        found = _reach_next(starts, neighbours, kinds, v, hops[at] + 1, place, node, hops, via, along, found)
        at += 1
    for i in range(found):
        place[node[i]] = NONE
    count[0] = found
