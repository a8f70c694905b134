"""The models that a question about one leads to, one by one, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from ..ecosystem import Ecosystem, Wholes
from ..kinds import LABELS
from .rows import Number, kinds_in, numbers


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question about one model leads to."""

    asked: int
    models: Wholes  # int32[k]
    hops: Wholes | None = None  # int32[k]: edges between; None where that is not asked
    edges: Wholes | None = None  # int32[k]: the edge that each was reached by; −1 where it was by none
    root: int | None = None  # that names the family, or is the oldest of several

    def first(self, limit: int | None) -> Answer:
        """The first ``limit`` of it."""
        cut = slice(limit)
        hops, edges = (None if each is None else each[cut] for each in (self.hops, self.edges))
        return Answer(self.asked, self.models[cut], hops, edges, self.root)


@dataclass(frozen=True, slots=True)
class Relative:
    """A model that another leads to."""

    asked: str  # the other
    root: str | None  # that names the whole answer
    model: str
    hops: int | None  # edges between them
    label: str | None  # of the edge by which it was reached
    kinds: tuple[str, ...]  # of that edge
    through: str | None  # the model at its other end
    created: datetime | None  # UTC
    likes: Number
    downloads: Number
    licences: tuple[str, ...]


def relatives(ecosystem: Ecosystem, answer: Answer) -> Iterator[Relative]:
    """The models of ``answer``, in their order."""
    models, names, licences = answer.models, ecosystem.names, ecosystem.trait("licences")
    nothing = np.full(len(models), -1, np.int32)
    columns = (
        models.tolist(),
        (nothing if answer.hops is None else answer.hops).tolist(),
        (nothing if answer.edges is None else answer.edges).tolist(),
        ecosystem.created[models].tolist(),
        numbers(ecosystem.likes[models]),
        numbers(ecosystem.downloads[models]),
    )
    asked, root = names[answer.asked], None if answer.root is None else names[answer.root]
    for model, hops, edge, created, likes, downloads in zip(*columns, strict=True):
        yield Relative(
            asked,
            root,
            names[model],
            None if answer.hops is None else hops,
            *_reached(ecosystem, model, edge),
            created,
            likes,
            downloads,
            licences.of(model),
        )


def _reached(ecosystem: Ecosystem, model: int, edge: int) -> tuple[str | None, tuple[str, ...], str | None]:
    """The label and kinds of an edge, and who is at its other end."""
    if edge < 0:
        return None, (), None
    edges = ecosystem.edges
    parent, child = int(edges.parent[edge]), int(edges.child[edge])
    other = child if parent == model else parent
    return LABELS[int(edges.label[edge])], kinds_in(int(edges.types[edge])), ecosystem.names[other]
