"""Breadth-first from one model, without compiling anything: what a question that is asked once can afford."""

from __future__ import annotations

from array import array
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .ecosystem import Adjacency, Marks, Wholes

_WIDE = 64  # a level of that many models, or with that many edges leaving it, is taken as arrays
_ANY = 1 << 31  # hops


@dataclass(frozen=True, slots=True)
class Walked:
    """The models that are reached, level after level; the start only where a cycle leads back to it."""

    models: Wholes  # int32[k]
    hops: Wholes  # int32[k]: edges on the shortest way, ascending
    edges: Wholes  # int32[k]: the last edge of such a way


@dataclass(slots=True)
class _Found:
    """What is reached so far; the first is the start, by no edge."""

    models: array[int]
    edges: array[int]
    ends: list[int]  # of each level; the last two hold the newest
    seen: Marks
    place: Wholes  # in the level that is being found, of each of its models; else anything

    def next_level(self, most: int) -> range | None:
        """The places of the newest level, None where there is nothing more to go to."""
        low, high = self.ends[-2:]
        return range(low, high) if low < high and len(self.ends) - 2 < most else None


def walked(side: Adjacency, start: int, mask: Marks | None = None, most: int | None = None) -> Walked:
    """Whom edges of ``mask`` (bool[m]; None: all) reach from ``start`` on one side, ``most`` hops away."""
    limit = _ANY if most is None else most
    models = len(side.starts) - 1
    seen, place = np.zeros(models, np.bool_), np.empty(models, np.int32)
    found = _Found(array("i", [start]), array("i", [-1]), [0, 1], seen, place)
    while found.next_level(limit) is not None:
        _narrow(side, mask, found, limit)
        if (level := found.next_level(limit)) is not None:
            _wide(side, mask, found, level)
    hops = np.repeat(np.arange(1, len(found.ends) - 1, dtype=np.int32), np.diff(found.ends[1:]))
    return Walked(np.frombuffer(found.models, np.int32)[1:], hops, np.frombuffer(found.edges, np.int32)[1:])


def _narrow(side: Adjacency, mask: Marks | None, found: _Found, most: int) -> None:
    """Goes on, model after model, while levels are narrow: of such there can be very many."""
    starts, neighbours, numbers = (part.data for part in (side.starts, side.neighbours, side.edges))
    seen, belongs = found.seen.data, None if mask is None else mask.data
    models, edges = found.models, found.edges
    while (level := found.next_level(most)) is not None and len(level) < _WIDE:
        leaving = 0
        for place in level:
            leaving += starts[models[place] + 1] - starts[models[place]]
        if leaving >= _WIDE:
            return
        for place in level:
            model = models[place]
            for at in range(starts[model], starts[model + 1]):
                other, edge = neighbours[at], numbers[at]
                if not seen[other] and (belongs is None or belongs[edge]):
                    seen[other] = True
                    models.append(other)
                    edges.append(edge)
        found.ends.append(len(models))


def _wide(side: Adjacency, mask: Marks | None, found: _Found, level: range) -> None:
    """Goes on from one level; what is found, and its order, are those of ``_narrow``."""
    at = slots(side, np.array(found.models[level.start : level.stop], np.int32))
    others, edges = side.neighbours[at], side.edges[at]
    keep = ~found.seen[others] if mask is None else ~found.seen[others] & mask[edges]
    others, edges = others[keep], edges[keep]
    order = np.arange(len(others), dtype=np.int32)
    found.place[others[::-1]] = order[::-1]  # the last that is written stays: the first that was found
    once = found.place[others] == order
    found.seen[others] = True
    found.models.frombytes(others[once].tobytes())
    found.edges.frombytes(edges[once].tobytes())
    found.ends.append(len(found.models))


def slots(side: Adjacency, models: NDArray[np.int32]) -> NDArray[np.int64]:
    """Where the neighbours and edges of all of ``models`` stand in ``side``, model after model."""
    first, counts = side.starts[models], side.starts[models + 1] - side.starts[models]
    so_far = np.cumsum(counts, dtype=np.int64)
    return np.arange(int(counts.sum())) + np.repeat(first - (so_far - counts), counts)
