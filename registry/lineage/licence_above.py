"""The ancestors of one model, and the ways down from those that carry a clause: nothing is compiled.

A way is the one that ``kernels/clause_flow.py`` takes: from the nearest carrier, and of several parents on
such ways through the one with the least number.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .ecosystem import Ecosystem
from .kinds import View
from .walk import walked

Ids = NDArray[np.int32]
Marks = NDArray[np.bool_]


class Above:
    """The ancestors of ``model`` along the edges of a view, the nearest first."""

    def __init__(self, ecosystem: Ecosystem, model: int, view: View) -> None:
        self._up, self._inside = ecosystem.up, ecosystem.edges.mask(view)
        self._model = model
        found = walked(self._up, model, self._inside)
        self.models: Ids = found.models
        self._hops = found.hops

    def way(self, carry: Marks) -> list[int]:
        """From the model back to the nearest ancestor that ``carry`` marks; empty where there is none."""
        if not carry.any():
            return []
        far = int(self._hops[carry.argmax()])
        leading = [set(self.models[carry & (self._hops == far)].tolist())]
        for hops in range(far - 1, 0, -1):
            level = self.models[slice(*self._hops.searchsorted([hops, hops + 1]))].tolist()
            leading.append({each for each in level if not leading[-1].isdisjoint(self._parents(each))})
        way = [self._model]
        for level in reversed(leading):
            way.append(min(level.intersection(self._parents(way[-1]))))
        return way

    def _parents(self, model: int) -> list[int]:
        here = slice(*self._up.starts[model : model + 2])
        parents: list[int] = self._up.neighbours[here][self._inside[self._up.edges[here]]].tolist()
        return parents
