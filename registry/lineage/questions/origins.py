"""The roots: where models come from that were made from none."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..ecosystem import Ecosystem, Wholes
from ..kinds import ALL, View
from .follow import ancestors, model_of
from .standing import canonical, placed


@dataclass(frozen=True, slots=True)
class Roots:
    """The roots above a model, the nearest first; a model without parents is its own."""

    start: int
    models: Wholes  # int32[k], k > 0
    hops: Wholes  # int32[k]
    edges: Wholes  # int32[k]: by which each was reached; −1 for the model itself
    canonical: int  # the oldest of them, then the most downloaded, then the first by name


def roots(ecosystem: Ecosystem, model: str | int, *, view: str | View = ALL) -> Roots:
    """The roots that ``model`` descends from along the edges of ``view``.

    A root is a model without parents; of a cycle into which no edge leads, each member is one. Raises
    UnknownNameError.
    """
    at = model_of(ecosystem, model)
    above = ancestors(ecosystem, at, view=view)
    reached = above.models != at
    columns = (
        np.concatenate([np.array([first], np.int32), column[reached]])
        for first, column in ((at, above.models), (0, above.hops), (-1, above.edges))
    )
    models, hops, edges = columns
    found = placed(ecosystem, models, view).depth == 0
    return Roots(at, models[found], hops[found], edges[found], canonical(ecosystem, models[found]))
