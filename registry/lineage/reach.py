"""Whom models reach along one side of an ecosystem: one question, or very many.

Who asks once walks (``walk.py``), which loads no compiler; who asks for many, or from several models at once,
has a ``Reacher``, which does.
"""

from __future__ import annotations

import numpy as np

from .ecosystem import Adjacency, Marks, Wholes
from .walk import Walked, walked


def reach(side: Adjacency, start: int | Wholes, mask: Marks | None = None) -> tuple[Wholes, Wholes]:
    """The models that ``start``, one or several together, reaches on one side, and the hops to each.

    Both int32[k], the nearest first. A start is among them only where an edge leads to it: from another one,
    or by a cycle or self-loop from itself. ``mask``: bool[m], the edges that count.
    """
    one = isinstance(start, int | np.integer)
    found = walked(side, int(start), mask) if one else Reacher(side, mask).together(np.asarray(start))
    return found.models, found.hops


class Reacher:
    """One side of an ecosystem, ready for many questions; its memory is used again and again."""

    def __init__(self, side: Adjacency, mask: Marks | None = None) -> None:
        from ...kernels.reach import ReachSpace

        self._side = side.starts, side.neighbours, side.edges
        self._mask = mask
        self._space = ReachSpace(len(side.starts) - 1)

    def of(self, start: int) -> Walked:
        """Whom one model reaches; as ``walk.walked``."""
        return self.together(np.array([start], np.int32))

    def together(self, starts: Wholes) -> Walked:
        """Whom at least one of ``starts`` reaches, and the hops from the nearest. Raises ValueError."""
        from ...kernels.reach import reached

        found = reached(*self._side, starts, self._mask, space=self._space)
        return Walked(found.nodes, found.hops, found.edges)

    def path(self, start: int, end: int) -> Wholes | None:
        """A shortest way from ``start`` to ``end``, both in it, int32[hops + 1]; None where there is none.

        From a model to itself it is that model alone. Of several ways the one that comes first.
        """
        from ...kernels.reach import reached

        if start == end:
            return np.array([start], np.int32)
        found = reached(*self._side, np.array([start], np.int32), self._mask, space=self._space)
        ends = np.flatnonzero(found.nodes == end)
        if ends.size == 0:
            return None
        way, place = [], int(ends[0])
        while place >= 0:
            way.append(int(found.nodes[place]))
            place = int(found.previous[place])
        return np.array([start, *reversed(way)], np.int32)
