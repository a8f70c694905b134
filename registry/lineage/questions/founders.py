"""The roots that most models descend from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from ....kernels.descendant_counts import descendant_counts
from ..ecosystem import Ecosystem
from ..kinds import ALL, View
from .rows import Number, numbers
from .standing import structure_along


@dataclass(frozen=True, slots=True)
class Founder:
    """A root that something was made from."""

    model: str
    descendants: int | None  # models that it leads to; None where there were too many ways to count them
    created: datetime | None  # UTC
    likes: Number
    downloads: Number
    licences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Founders:
    """Roots, those of the most descendants first, and how many there are."""

    shown: tuple[Founder, ...]
    roots: int  # that something was made from
    alone: int  # models without parents and without children


def founders(ecosystem: Ecosystem, *, view: View = ALL, limit: int | None = None) -> Founders:
    """The first ``limit`` roots of ``view`` with children, or all; equals by number of the model.

    A root is as ``origins.roots`` has it: of a cycle into which no edge leads, each member is one.
    """
    edges = ecosystem.edges
    mask = edges.mask(view)
    parent, child = edges.parent[mask], edges.child[mask]
    counts = descendant_counts(parent, child, len(ecosystem))
    root = structure_along(ecosystem, view).depth == 0
    leading = np.flatnonzero(root & (counts != 0))
    first = leading[np.argsort(-counts[leading], kind="stable")][:limit]
    licences = ecosystem.trait("licences")
    columns = (
        ecosystem.names.of(first),
        counts[first].tolist(),
        ecosystem.created[first].tolist(),
        numbers(ecosystem.likes[first]),
        numbers(ecosystem.downloads[first]),
        [licences.of(model) for model in first.tolist()],
    )
    shown = tuple(
        Founder(model, None if below < 0 else below, *rest)
        for model, below, *rest in zip(*columns, strict=True)
    )
    return Founders(shown, len(leading), int((root & (counts == 0)).sum()))
