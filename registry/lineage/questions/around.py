"""Who is near a model, up and down and sideways."""

from __future__ import annotations

import numpy as np

from ..ecosystem import Adjacency, Ecosystem
from ..kinds import ALL, View
from ..walk import walked
from .follow import Followed, mask_of, model_of


def around(
    ecosystem: Ecosystem, model: str | int, *, view: str | View = ALL, hops: int | None = None
) -> Followed:
    """Everyone whom at most ``hops`` edges of ``view`` connect with ``model``, whichever way they lead.

    Raises UnknownNameError.
    """
    start = model_of(ecosystem, model)
    found = walked(both_ways(ecosystem), start, mask_of(ecosystem, view), hops)
    others = found.models != start  # over the first edge and back
    return Followed(start, found.models[others], found.hops[others], found.edges[others])


def both_ways(ecosystem: Ecosystem) -> Adjacency:
    """The neighbours of each model on either side: its parents, then its children."""
    up, down = ecosystem.up, ecosystem.down
    models = np.arange(len(ecosystem))
    neighbours = np.empty(2 * len(up.edges), np.int32)
    edges = np.empty_like(neighbours)
    for side, before in ((up, down.starts[:-1]), (down, up.starts[1:])):
        owner = np.repeat(models, np.diff(side.starts))
        at = np.arange(len(owner)) + before[owner]
        neighbours[at], edges[at] = side.neighbours, side.edges
    return Adjacency(up.starts + down.starts, neighbours, edges)
