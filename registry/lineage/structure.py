"""Where each model stands in an ecosystem or a view of it: family, cycle, depth, and the root that names it.

A root is a model into whose strong component no edge leads from outside: one that was made from nobody, or a
cycle that was. Of the roots of a weak component one is canonical and names it: the oldest; of those the most
downloaded; of those the one whose id is least. What nobody said comes last.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ...kernels.depths import depths
from ...kernels.family_heads import family_heads
from ...kernels.strong_components import strong_components
from ...kernels.weak_components import weak_components
from .ecosystem import Adjacency, Ecosystem, Floats, Marks, Structure, Times, Wholes
from .names import Names


def structure(ecosystem: Ecosystem, mask: Marks | None = None) -> Structure:
    """Where each model stands in the graph of the edges of ``mask``, bool[m]; None: of all, as stored."""
    if mask is None:
        return ecosystem.structure
    return structure_of(
        ecosystem.edges.parent,
        ecosystem.edges.child,
        ecosystem.up,
        ecosystem.names,
        ecosystem.created,
        ecosystem.downloads,
        mask,
    )


def structure_of(
    parent: Wholes,
    child: Wholes,
    up: Adjacency,
    names: Names,
    created: Times,
    downloads: Floats,
    mask: Marks | None = None,
) -> Structure:
    """As ``structure``, of the arrays that an ecosystem is made of."""
    side = up.starts, up.neighbours, up.edges
    component = weak_components(parent, child, len(names), mask)
    strong = strong_components(*side, mask)
    found = depths(*side, strong.label, strong.order, mask)
    root = family_heads(
        component, found.depth == 0, _microseconds(created), downloads, names.text, names.starts
    )
    return Structure(component, strong.label, found.depth, found.generation, root)


def _microseconds(times: Times) -> NDArray[np.float64]:
    """Since 1970, as exact as a double: to the microsecond for 285 years."""
    return np.where(np.isnat(times), np.nan, times.astype("datetime64[us]").astype(np.int64))
