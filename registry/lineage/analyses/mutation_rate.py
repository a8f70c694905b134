"""How much a trait changes from parent to child.

**Definition.** The mutation rate of a trait is the mean Jaccard distance, 1 − |P ∩ C| / |P ∪ C|, between the
values P that the parent says and those C that the child says, over the edges of a view at both of whose ends
something is said; finetune edges unless another view is asked for. 0: no child changed anything; 1: no child
kept anything. Every edge counts once, so a child of two parents counts twice. An edge from a model to itself
is left out: its distance is 0 and nothing is handed on.

Edges of one family are not independent: a model with ten thousand children is one parent's choice ten
thousand times. The interval therefore resamples whole families, the weak components of the view; where one
family has most of the edges it is wide, and rightly so.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ..ecosystem import Ecosystem, Wholes
from ..kinds import ALL, VIEWS, View
from .trait_pairs import jaccard_distances, trait_pairs


@dataclass(frozen=True, slots=True)
class MutationRate:
    """How much one trait changes along one view; see the definition above."""

    trait: str
    view: str
    rate: float | None  # None where no edge counts
    low: float | None  # of the 95 % interval over families; None where fewer than two families have an edge
    high: float | None
    pairs: int  # edges that count
    changed: int  # of these, edges whose ends don't say the same
    families: int  # that these edges belong to
    unsaid: int  # edges of the view that are left out, as one of their ends says nothing
    self_loops: int  # and those left out as they lead from a model to itself


def mutation_rate(
    ecosystem: Ecosystem, trait: str, view: View = VIEWS["finetune"], *, seed: int = 0
) -> MutationRate:
    """The mutation rate of one of ``ecosystem.TRAITS`` along ``view``; the seed is that of the interval."""
    from ....kernels.ratio_bootstrap import cluster_mean_interval

    said = ecosystem.trait(trait)
    pairs = trait_pairs(ecosystem, said, view)
    distance = jaccard_distances(said, pairs)
    child = ecosystem.edges.child[pairs.chosen]
    families, place = np.unique(_component(ecosystem, view)[child], return_inverse=True)
    added = np.bincount(place, weights=distance[pairs.of_edge], minlength=families.size)
    interval = cluster_mean_interval(added, np.bincount(place, minlength=families.size), seed=seed)
    return MutationRate(
        trait=trait,
        view=view.name,
        rate=_known(interval.centre),
        low=_known(interval.low),
        high=_known(interval.high),
        pairs=pairs.chosen.size,
        changed=int(pairs.edges[distance > 0].sum()),
        families=families.size,
        unsaid=pairs.unsaid,
        self_loops=pairs.self_loops,
    )


def _component(ecosystem: Ecosystem, view: View) -> Wholes:
    """The weak component of each model along ``view``, int32[n]."""
    if view is ALL:
        return ecosystem.structure.component
    from ....kernels.weak_components import weak_components

    edges = ecosystem.edges
    return weak_components(edges.parent, edges.child, len(ecosystem), edges.mask(view))


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value
