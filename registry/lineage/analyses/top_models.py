"""The models from which most others were made, and those that are downloaded most.

**Definition.** The children of a model are the other models that it is a parent of along a view, its
descendants all other models that a way along the view leads to. ``share`` is the part of the view's edges
that lead to its children; edges from a model to itself are none of them. Of downloads, ``share`` is the
part of all models' downloads; models that don't say how often they are downloaded are in no place. Equals
are in the order of their names.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..ecosystem import Ecosystem, Marks
from ..kinds import ALL, View
from ..questions.rows import Number, numbers
from ..walk import walked
from .offspring import children_counts, to_others
from .top_traits import LIMIT

DEEP = 200  # hops; real families are less deep


@dataclass(frozen=True, slots=True)
class TopParent:
    """A model that others were made from."""

    model: str
    children: int
    share: float
    descendants: int | None  # None where they would take too long to count (descendant_counts.MOST_STEPS)


@dataclass(frozen=True, slots=True)
class TopParents:
    """The models with most children along one view."""

    view: str
    parents: tuple[TopParent, ...]
    distinct: int  # models with at least one child
    edges: int  # of the view, from a model to another


@dataclass(frozen=True, slots=True)
class TopModel:
    """A model that is downloaded."""

    model: str
    downloads: Number
    share: float | None  # None where all downloads come to 0
    likes: Number
    children: int  # along all edges


@dataclass(frozen=True, slots=True)
class TopModels:
    """The models with most downloads."""

    models: tuple[TopModel, ...]
    told: int  # models that say how often they are downloaded
    untold: int
    downloads: Number  # of all of them


def top_parents(ecosystem: Ecosystem, view: View = ALL, limit: int = LIMIT) -> TopParents:
    """The ``limit`` models with most children along ``view``."""
    children = children_counts(ecosystem, view)
    edges = int(children.sum())
    most = _most(ecosystem, children, np.flatnonzero(children), limit)
    below = _descendants(ecosystem, most, to_others(ecosystem, view))
    parents = tuple(
        TopParent(ecosystem.names[at], int(children[at]), float(children[at] / edges), n)
        for at, n in zip(most, below, strict=True)
    )
    return TopParents(view.name, parents, int((children > 0).sum()), edges)


def _descendants(ecosystem: Ecosystem, models: list[int], mask: Marks) -> list[int | None]:
    """Those of a few models by walking, which compiles nothing; where that is very deep, by counting all."""
    walks = [walked(ecosystem.down, at, mask, DEEP) for at in models]
    if all(walk.hops.size == 0 or walk.hops[-1] < DEEP for walk in walks):
        return [int((walk.models != at).sum()) for at, walk in zip(models, walks, strict=True)]
    from ....kernels.descendant_counts import UNKNOWN, descendant_counts

    edges = ecosystem.edges
    counts = descendant_counts(edges.parent[mask], edges.child[mask], len(ecosystem))
    return [None if counts[at] == UNKNOWN else int(counts[at]) for at in models]


def top_models(ecosystem: Ecosystem, limit: int = LIMIT) -> TopModels:
    """The ``limit`` models with most downloads."""
    downloads, children = ecosystem.downloads, children_counts(ecosystem, ALL)
    told = np.flatnonzero(~np.isnan(downloads))
    total = float(downloads[told].sum())
    most = _most(ecosystem, downloads, told, limit)
    columns = (most, numbers(downloads[most]), numbers(ecosystem.likes[most]))
    return TopModels(
        tuple(
            TopModel(
                ecosystem.names[at],
                n,
                n / total if n is not None and total else None,
                likes,
                int(children[at]),
            )
            for at, n, likes in zip(*columns, strict=True)
        ),
        told.size,
        len(ecosystem) - told.size,
        numbers(np.array([total]))[0],
    )


def _most(ecosystem: Ecosystem, figures: NDArray[Any], of: NDArray[Any], limit: int) -> list[int]:
    """The ``limit`` models among ``of`` with the largest figures; equals by name."""
    if limit < of.size:
        border = np.partition(figures[of], of.size - limit)[of.size - limit]
        of = of[figures[of] >= border]
    return _ranked(ecosystem, figures, of)[:limit]


def _ranked(ecosystem: Ecosystem, figures: NDArray[Any], of: NDArray[Any]) -> list[int]:
    return sorted(of.tolist(), key=lambda at: (-figures[at], ecosystem.names[at]))
