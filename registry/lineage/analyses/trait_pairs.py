"""Which sets of a trait's values stand at the two ends of edges: each distinct pair of sets once.

Half a million edges have some thousands of distinct pairs, so what is computed of a pair is computed once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..ecosystem import Ecosystem, Trait
from ..kinds import View

Wholes = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class TraitPairs:
    """The distinct pairs of sets, and how many edges have each.

    An edge counts where both its ends say something; one from a model to itself does not, as nothing is
    handed on.
    """

    parent: Wholes  # int64[k]: sets of the trait, none of them empty
    child: Wholes  # int64[k]
    edges: Wholes  # int64[k]
    chosen: Wholes  # int64[e]: the edges that count, ascending
    of_edge: Wholes  # int64[e]: which pair each of them has
    unsaid: int  # edges of the view that don't count, as one of their ends says nothing
    self_loops: int


def trait_pairs(ecosystem: Ecosystem, trait: Trait, view: View) -> TraitPairs:
    """The pairs of sets of ``trait`` along the edges of ``view``."""
    edges = ecosystem.edges
    within = edges.mask(view)
    loops = within & (edges.parent == edges.child)
    places = np.flatnonzero(within & ~loops)
    parent = trait.codes[edges.parent[places]].astype(np.int64)
    child = trait.codes[edges.child[places]].astype(np.int64)
    said = (parent != 0) & (child != 0)
    sets = trait.starts.size - 1
    keys = parent[said] * sets + child[said]
    distinct, counts = np.unique(keys, return_counts=True)
    return TraitPairs(
        parent=distinct // sets,
        child=distinct % sets,
        edges=counts.astype(np.int64),
        chosen=places[said],
        of_edge=np.searchsorted(distinct, keys),
        unsaid=int(said.size - keys.size),
        self_loops=int(loops.sum()),
    )


def jaccard_distances(trait: Trait, pairs: TraitPairs) -> Floats:
    """1 − |P ∩ C| / |P ∪ C| of each pair of sets, float64[k]: 0 for equal ones, 1 for ones apart.

    Source: Jaccard 1912, doi:10.1111/j.1469-8137.1912.tb05611.x.
    """
    sizes = np.diff(trait.starts)
    common = np.intersect1d(_keys(trait, pairs.parent), _keys(trait, pairs.child), assume_unique=True)
    shared = np.bincount(common // max(1, len(trait.values)), minlength=pairs.parent.size)
    distances: Floats = 1.0 - shared / (sizes[pairs.parent] + sizes[pairs.child] - shared)
    return distances


def _keys(trait: Trait, sets: Wholes) -> Wholes:
    """A number for each value of each of ``sets``, ascending: equal where place and value are."""
    sizes = np.diff(trait.starts)[sets].astype(np.int64)
    ends = np.cumsum(sizes)
    place = np.repeat(np.arange(sets.size), sizes)
    inside = np.arange(place.size) - (ends - sizes)[place]
    members = trait.members[trait.starts[sets][place] + inside]
    return place * len(trait.values) + members
