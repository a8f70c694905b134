"""How many children have children themselves, by the kind of edge that made them.

**Definition.** A model is a child of a kind where it is the child of at least one edge that is labelled so; a
model that is a finetune of one parent and an adapter of another counts under both, and a model with ten
finetune edges once. It is fertile where it is the parent of at least one edge, of whatever label. The
fertility of a kind is the share of its children that are fertile: models divided by models, not edges by
edges. Edges count that belong to the view; an edge from a model to itself makes it neither a child nor
fertile.

The interval is Wilson's and takes each child for itself. Children of one family resemble each other, so that
it is rather too narrow.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ....kernels.proportions import wilson_interval
from ..ecosystem import Ecosystem, Marks, Wholes
from ..kinds import ALL, LABELS, UNTYPED, View
from .offspring import to_others

ANY = "any"


@dataclass(frozen=True, slots=True)
class Fertility:
    """The children of one kind, and how many of them have children."""

    kind: str  # a label of an edge, or "any" for children of whatever kind, each once
    children: int
    fertile: int
    share: float | None  # fertile / children, here and below None where there are no children
    low: float | None  # of Wilson's 95 % interval
    high: float | None


def fertility(ecosystem: Ecosystem, view: View = ALL) -> tuple[Fertility, ...]:
    """The fertility of each kind, untyped edges last but for all kinds together."""
    edges = ecosystem.edges
    within = to_others(ecosystem, view)
    fertile = _marked(len(ecosystem), edges.parent[within])
    return tuple(
        _of_kind(kind, _marked(len(ecosystem), edges.child[within & of_kind]), fertile)
        for kind, of_kind in _kinds(edges.label)
    )


def _kinds(label: np.ndarray) -> Iterator[tuple[str, np.ndarray]]:
    for bit, name in LABELS.items():
        if bit != UNTYPED:
            yield name, label == bit
    yield LABELS[UNTYPED], label == UNTYPED
    yield ANY, np.ones(label.size, np.bool_)


def _marked(n: int, models: Wholes) -> Marks:
    marks = np.zeros(n, np.bool_)
    marks[models] = True
    return marks


def _of_kind(kind: str, children: Marks, fertile: Marks) -> Fertility:
    n, with_children = int(children.sum()), int((children & fertile).sum())
    if not n:
        return Fertility(kind, 0, 0, None, None, None)
    found = wilson_interval(with_children, n)
    return Fertility(kind, n, with_children, found.centre, found.low, found.high)
