"""Which nodes can reach each other, and an order in which each comes after all that it leads to.

Tarjan 1972 (doi:10.1137/0201010), with Pearce's single array of numbers (doi:10.1016/j.ipl.2015.08.010) and
a stack of its own in place of recursion, so that a cycle through all nodes is as good as any.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .columns import SIDE_REFUSED, side_columns
from .jit import IDS_IN, IDS_OUT, MARKS_IN, MARKS_OUT, kernel, uncounted

Wholes = NDArray[np.int32]

DONE = 2**31 - 1  # above every number: what is done no longer lowers another's
NONE = -1  # in place of a node: there is no more


@dataclass(frozen=True, slots=True)
class StrongComponents:
    """The strong components along one side of a graph."""

    label: Wholes  # int32[n]: the least node of each one's component
    order: Wholes  # int32[n]: all nodes, a component's side by side, each after all to which its edges lead


def strong_components(
    starts: ArrayLike, neighbours: ArrayLike, edges: ArrayLike, mask: ArrayLike | None = None
) -> StrongComponents:
    """The strong components, and their order, along a side as ``csr.Neighbours`` has it.

    From children to parents, ancestors come first in the order. ``mask``: bool[m], the edges that count.
    Raises TypeError, ValueError.
    """
    side = side_columns(starts, neighbours, edges, mask)
    nodes = side[0].size - 1
    numbers = np.zeros(nodes, np.int32)
    label, order, held, way, at, entered = (np.empty(nodes, np.int32) for _ in range(6))
    if not _fill_strong(*side, np.zeros(nodes, np.bool_), numbers, held, way, at, entered, label, order):
        raise ValueError(SIDE_REFUSED)
    return StrongComponents(label, order)


@uncounted
def _place_ends(starts, neighbours, edges, mask, led_to, numbers, label, order):  # type: ignore[no-untyped-def]
    """Places first who leads to nobody, last to whom nobody leads: in a graph of models all but a few.

    How many stand first, and where the last begin; −1 where an element is out of range.
    """
    for at in range(neighbours.size):
        other, edge = neighbours[at], edges[at]
        if not (0 <= other < numbers.size and 0 <= edge < neighbours.size):
            return -1, -1
        led_to[other] |= mask.size == 0 or mask[edge]
    first, last = 0, numbers.size
    for v in range(numbers.size):
        if starts[v] > starts[v + 1]:
            return -1, -1
        if starts[v] == starts[v + 1]:
            numbers[v], label[v], order[first] = DONE, v, v
            first += 1
        elif not led_to[v]:
            last -= 1
            numbers[v], label[v], order[last] = DONE, v, v
    return first, last


@uncounted
def _take_component(held, top, v, numbers, label, order, placed):  # type: ignore[no-untyped-def]
    """Moves what lies above ``v`` in the stack, and ``v``, to the order; the top that is left."""
    bottom = top - 1
    least = held[bottom]
    while held[bottom] != v:
        bottom -= 1
        least = min(least, held[bottom])
    for i in range(bottom, top):
        w = held[i]
        numbers[w], label[w] = DONE, least
        order[placed + i - bottom] = w
    return bottom


@uncounted
def _next_unseen(starts, neighbours, edges, mask, v, at, depth, numbers):  # type: ignore[no-untyped-def]
    """The next node to go on to from ``v``, else NONE; on the way there ``v`` learns whom it can reach."""
    while at[depth] < starts[v + 1]:
        other, edge = neighbours[at[depth]], edges[at[depth]]
        at[depth] += 1
        if mask.size == 0 or mask[edge]:
            if numbers[other] == 0:
                return other
            numbers[v] = min(numbers[v], numbers[other])
    return NONE


_STATE = (IDS_OUT,) * 7


@kernel((IDS_IN, IDS_IN, IDS_IN, MARKS_IN, MARKS_OUT, *_STATE), counted=False)
def _fill_strong(  # type: ignore[no-untyped-def]
    starts, neighbours, edges, mask, led_to, numbers, held, way, at, entered, label, order
):
    """Fills the components and their order; False where an element is out of range.

    ``way`` is the nodes from a root to where the search is, ``at`` the next edge of each and ``entered`` its
    own number; ``numbers`` has the least number that each can reach, 0 before it is seen.
    """
    placed, last = _place_ends(starts, neighbours, edges, mask, led_to, numbers, label, order)
    count = top = 0
    for root in range(numbers.size if placed < last else 0):
        depth, w = -1, root if numbers[root] == 0 else NONE
        while w != NONE or depth >= 0:
            if w != NONE:
                depth, count, top = depth + 1, count + 1, top + 1
                way[depth], at[depth], entered[depth] = w, starts[w], count
                held[top - 1], numbers[w] = w, count
            v = way[depth]
            w = _next_unseen(starts, neighbours, edges, mask, v, at, depth, numbers)
            if w == NONE:
                if numbers[v] == entered[depth]:
                    left = _take_component(held, top, v, numbers, label, order, placed)
                    placed, top = placed + top - left, left
                depth -= 1
                if depth >= 0:
                    numbers[way[depth]] = min(numbers[way[depth]], numbers[v])
    return placed == last and placed >= 0
