"""What can be reached from some nodes of a graph, breadth first.

Whom a question has seen is stamped with its number, so that the next one has nothing to clear.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import types
from numpy.typing import ArrayLike, NDArray

from .columns import SIDE_REFUSED, id_column, side_columns
from .jit import IDS_IN, IDS_OUT, MARKS_IN, kernel, uncounted

Wholes = NDArray[np.int32]

BROKEN = -1  # in place of a number of nodes: an element is out of range


@dataclass(frozen=True, slots=True)
class Reached:
    """The nodes that are reached, the nearest first; a start only where an edge leads to it."""

    nodes: Wholes  # int32[k]
    hops: Wholes  # int32[k]: edges on the shortest way from any start, ascending
    edges: Wholes  # int32[k]: the last edge of such a way
    previous: Wholes  # int32[k]: the place here of whom that edge leaves; −1 − i where it is start i


class ReachSpace:
    """Memory for questions about one graph of ``n_nodes``, one after the other."""

    def __init__(self, n_nodes: int) -> None:
        self._stamps = np.zeros(n_nodes, np.int32)
        self._columns = [np.empty(n_nodes, np.int32) for _ in range(4)]
        self._questions = 0

    def columns(self) -> tuple[Wholes, int, Wholes, Wholes, Wholes, Wholes]:
        """Stamps, a stamp that none of them has, and four columns of room."""
        if self._questions == np.iinfo(np.int32).max:
            self._stamps[:] = self._questions = 0
        self._questions += 1
        nodes, hops, edges, previous = self._columns
        return self._stamps, self._questions, nodes, hops, edges, previous


def reached(
    starts: ArrayLike,
    neighbours: ArrayLike,
    edges: ArrayLike,
    sources: ArrayLike,
    mask: ArrayLike | None = None,
    *,
    space: ReachSpace | None = None,
) -> Reached:
    """The nodes that ``sources``, int32[s], reach along a side as ``csr.Neighbours`` has it.

    ``mask``: bool[m], the edges that count. ``space``: of the same number of nodes, for many questions.
    Raises TypeError, ValueError.
    """
    side = side_columns(starts, neighbours, edges, mask)
    nodes = side[0].size - 1
    begin = id_column("sources", sources)
    if begin.size and not 0 <= begin.min() <= begin.max() < nodes:
        raise ValueError(f"sources must lie between 0 and the number of nodes - 1, {nodes - 1}")
    stamps, stamp, *columns = (space or ReachSpace(nodes)).columns()
    if stamps.size != nodes:
        raise ValueError(f"space must be of {nodes} nodes, not of {stamps.size}")
    found = _fill_reached(*side, begin, stamps, stamp, *columns)
    if found < 0:
        raise ValueError(SIDE_REFUSED)
    return Reached(*(column[:found].copy() for column in columns))


@uncounted
def _fill_from(  # type: ignore[no-untyped-def]
    starts, neighbours, edges, mask, v, place, hop, stamps, stamp, nodes, hops, ways, previous, found
):
    """Appends whom ``v``, at ``place``, leads to and nobody before it; how many are found then, or BROKEN."""
    if starts[v] < 0 or starts[v + 1] > neighbours.size:
        return BROKEN
    for at in range(starts[v], starts[v + 1]):
        other, edge = neighbours[at], edges[at]
        if not (0 <= other < stamps.size and 0 <= edge < neighbours.size):
            return BROKEN
        if stamps[other] != stamp and (mask.size == 0 or mask[edge]):
            stamps[other] = stamp
            nodes[found], hops[found], ways[found], previous[found] = other, hop, edge, place
            found += 1
    return found


_SIDE = (IDS_IN, IDS_IN, IDS_IN, MARKS_IN)
_SPACE = (IDS_OUT, types.int64, IDS_OUT, IDS_OUT, IDS_OUT, IDS_OUT)


@kernel((*_SIDE, IDS_IN, *_SPACE), counted=False)
def _fill_reached(  # type: ignore[no-untyped-def]
    starts, neighbours, edges, mask, sources, stamps, stamp, nodes, hops, ways, previous
):
    """Fills what ``sources`` reach together; how much it is, or BROKEN."""
    found = 0
    for i in range(sources.size):
        found = _fill_from(
            *(starts, neighbours, edges, mask, sources[i], -1 - i, 1),
            *(stamps, stamp, nodes, hops, ways, previous, found),
        )
        if found == BROKEN:
            return BROKEN
    place = 0
    while place < found:
        found = _fill_from(
            *(starts, neighbours, edges, mask, nodes[place], place, hops[place] + 1),
            *(stamps, stamp, nodes, hops, ways, previous, found),
        )
        place += 1
    return found
