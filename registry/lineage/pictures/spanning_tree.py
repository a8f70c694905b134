"""The tree in which a model leads to others, each reached once, and the part of it that is worth drawing."""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..ecosystem import Ecosystem, Floats, Wholes
from ..questions.follow import Followed

Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class SpanningTree:
    """Every model hangs from the one by which it was reached first; the start, place 0, from none.

    Whoever hangs from a model has a higher place than it.
    """

    models: Wholes  # int32[k + 1]
    hangs_from: Places  # int64[k + 1]: a place; −1 for the start
    edges: Wholes  # int32[k + 1]: by which it was reached; −1 for the start
    sizes: Places  # int64[k + 1]: models that hang from it, near and far, and itself


def spanning_tree(ecosystem: Ecosystem, followed: Followed, *, up: bool) -> SpanningTree:
    """The tree of ``followed``, which went ``up`` to parents or down to children."""
    others = followed.models != followed.start  # it is reached itself where it lies on a cycle
    models = np.concatenate([[followed.start], followed.models[others]]).astype(np.int32)
    edges = np.concatenate([[-1], followed.edges[others]]).astype(np.int32)
    place = np.full(len(ecosystem), -1, np.int64)
    place[models] = np.arange(len(models))
    ends = ecosystem.edges.child if up else ecosystem.edges.parent
    hangs_from = np.full(len(models), -1, np.int64)
    hangs_from[1:] = place[ends[edges[1:]]]
    return SpanningTree(models, hangs_from, edges, _sizes(hangs_from))


def _sizes(hangs_from: Places) -> Places:
    held, above = [1] * len(hangs_from), hangs_from.tolist()
    for place in range(len(held) - 1, 0, -1):
        held[above[place]] += held[place]
    return np.array(held, np.int64)


def worth_drawing(tree: SpanningTree, downloads: Floats, limit: int) -> list[int]:
    """The places of the start and of at most ``limit`` others, each before those that hang from it.

    The branches of most models stay, of those the most downloaded, then the first of the file.
    """
    by_parent = np.argsort(tree.hangs_from, kind="stable")
    bounds = tree.hangs_from[by_parent]
    popular = -np.nan_to_num(downloads[tree.models], nan=-1.0)

    def foremost(place: int) -> list[int]:
        low, high = np.searchsorted(bounds, [place, place + 1])
        held = by_parent[low:high]
        order = np.lexsort((tree.models[held], popular[held], -tree.sizes[held]))
        found: list[int] = held[order[:limit]].tolist()
        return found

    def key(place: int) -> tuple[int, float, int, int]:
        return -int(tree.sizes[place]), float(popular[place]), int(tree.models[place]), place

    chosen: dict[int, list[int]] = {0: []}
    waiting = [key(place) for place in foremost(0)]
    heapq.heapify(waiting)
    while waiting and len(chosen) <= limit:
        place = heapq.heappop(waiting)[-1]
        chosen[place] = []
        chosen[int(tree.hangs_from[place])].append(place)
        for each in foremost(place):
            heapq.heappush(waiting, key(each))
    return _in_order(chosen)


def _in_order(hanging: dict[int, list[int]]) -> list[int]:
    """Each place, followed by what hangs from it."""
    found, waiting = [], [0]
    while waiting:
        place = waiting.pop()
        found.append(place)
        waiting += reversed(hanging[place])
    return found
