"""The ancestors of one model, and the ways down from those that carry a clause: nothing is compiled.

A way is the one that ``kernels/clause_flow.py`` takes: from the nearest carrier, and of several parents on
such ways through the one with the least number.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..ecosystem import Ecosystem
from ..kinds import View
from ..walk import walked

Ids = NDArray[np.int32]
Marks = NDArray[np.bool_]


class Above:
    """The ancestors of ``model`` along the edges of a view, the nearest first."""

    def __init__(self, ecosystem: Ecosystem, model: int, view: View) -> None:
        up, inside = ecosystem.up, ecosystem.edges.mask(view)
        found = walked(up, model, inside)
        self.models: Ids = found.models
        self._model, self._hops = model, found.hops
        # Views give plain numbers one at a time, with less ado than arrays.
        parts: tuple[Any, ...] = (up.starts, up.neighbours, up.edges, inside)
        starts, neighbours, edges, belongs = (memoryview(part) for part in parts)
        self._starts, self._neighbours, self._edges, self._inside = starts, neighbours, edges, belongs

    def way(self, carry: Marks) -> list[int]:
        """From the model back to the nearest ancestor that ``carry`` marks; empty where there is none."""
        if not carry.any():
            return []
        far = int(self._hops[carry.argmax()])
        leading = [set(self.models[carry & (self._hops == far)].tolist())]
        ends = self._hops.searchsorted(np.arange(1, far + 1)).tolist()
        models = self.models.tolist()
        for low, high in zip(ends[-2::-1], ends[:0:-1], strict=True):
            level = models[low:high]
            leading.append({each for each in level if not leading[-1].isdisjoint(self._parents(each))})
        way = [self._model]
        for lead in reversed(leading):
            way.append(min(lead.intersection(self._parents(way[-1]))))
        return way

    def _parents(self, model: int) -> list[int]:
        around = range(self._starts[model], self._starts[model + 1])
        return [self._neighbours[at] for at in around if self._inside[self._edges[at]]]
