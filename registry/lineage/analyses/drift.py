"""Where a trait drifts: which value turns into which other more often than back.

**Definition.** ``mutations.py`` says what a mutation is: from each value of the parent to each that the
child adds, and from each that it drops to each that it keeps. Of two values the *traffic* is the number of
mutations one way less those the other way, over the edges of a view, finetune edges unless another is asked
for. Where it is not 0 the pair is an arc, which points the way that more mutations go; where it is 0, though
there are mutations, the pair is balanced.

The values are those that most models say, ``other`` and ``unknown`` left out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..ecosystem import Ecosystem
from ..kinds import VIEWS, View
from .mutations import TOP, Mutations, mutations


@dataclass(frozen=True, slots=True)
class Arc:
    """Two values, the first of which turns into the second more often than back."""

    source: str
    target: str
    forward: int  # mutations from source to target
    back: int
    traffic: int  # forward − back, above 0


@dataclass(frozen=True, slots=True)
class Drift:
    """The arcs between the values of one trait, most traffic first, equals by name."""

    trait: str
    view: str
    values: tuple[str, ...]  # that were held against each other, said by most models first
    arcs: tuple[Arc, ...]
    balanced: int  # pairs with as many mutations forward as back
    mutations: int  # between these values, both ways
    edges: int  # at both of whose ends something is said
    self_loops: int  # edges from a model to itself, which are left out


def drift(ecosystem: Ecosystem, trait: str, view: View = VIEWS["finetune"], top: int = TOP) -> Drift:
    """The drift between the ``top`` values of one of ``ecosystem.TRAITS``. Raises QuestionError."""
    found = mutations(ecosystem, trait, view, top)
    between = np.triu(found.counts + found.counts.T)
    return Drift(
        trait=trait,
        view=view.name,
        values=found.values,
        arcs=arcs_of(found),
        balanced=int(((between > 0) & (found.net == 0)).sum()),
        mutations=int(between.sum()),
        edges=found.edges,
        self_loops=found.self_loops,
    )


def arcs_of(found: Mutations) -> tuple[Arc, ...]:
    """Each pair of values whose traffic is not 0, the way that it goes."""
    values, counts, net = found.values, found.counts, found.net
    arcs = [
        Arc(values[i], values[j], int(counts[i, j]), int(counts[j, i]), int(net[i, j]))
        for i, j in np.argwhere(net > 0).tolist()
    ]
    return tuple(sorted(arcs, key=lambda arc: (-arc.traffic, arc.source, arc.target)))
