"""The edges between the models of a tree that are not the tree's own: second ways, and what closes cycles.

A place is where a model stands in the tree; a pair is an edge from the first place on to the second, away
from the model that the tree starts from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ..ecosystem import Adjacency, Marks

Pair = tuple[int, int]


def edges_between(side: Adjacency, models: NDArray[np.int32], mask: Marks | None) -> dict[Pair, int]:
    """The number of each edge of ``mask`` (None: all) that leads on from one of ``models`` to another."""
    place = np.full(len(side.starts) - 1, -1, np.int64)
    place[models] = np.arange(len(models))
    found = {}
    for at, model in enumerate(models.tolist()):
        part = slice(int(side.starts[model]), int(side.starts[model + 1]))
        ends, edges = place[side.neighbours[part]], side.edges[part]
        keep = ends >= 0 if mask is None else (ends >= 0) & mask[edges]
        found.update(
            {(at, end): edge for end, edge in zip(ends[keep].tolist(), edges[keep].tolist(), strict=True)}
        )
    return found


def beside(
    hangs_from: Sequence[int], between: Collection[Pair]
) -> tuple[Mapping[int, list[int]], Mapping[int, list[int]]]:
    """From whom else an edge leads on to each place; and to whom one leads on from it that closes a cycle."""
    others = sorted(pair for pair in between if hangs_from[pair[1]] != pair[0])
    within = _within_reach(len(hangs_from), between)
    also, cycles = defaultdict(list), defaultdict(list)
    for first, second in others:
        if first == second or within[second] >> first & 1:
            cycles[first].append(second)
        else:
            also[second].append(first)
    return also, cycles


def _within_reach(n: int, between: Collection[Pair]) -> list[int]:
    """For each place those that edges lead on to, near and far, a bit each."""
    held = [0] * n
    backward = sorted(between, reverse=True)
    grown = True
    while grown:
        grown = False
        for first, second in backward:
            more = held[first] | held[second] | 1 << second
            grown |= more != held[first]
            held[first] = more
    return held
