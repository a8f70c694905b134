"""The models and edges of a subgraph one by one, in words: None for what nobody said."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from ..ecosystem import Ecosystem, Edges, Floats, Wholes
from ..kinds import KINDS, LABELS
from .part import Subgraph

Number = int | float | None


@dataclass(frozen=True, slots=True)
class ModelRow:
    """A model, and what is said of it."""

    model: str
    likes: Number
    downloads: Number
    created: datetime | None  # UTC
    licences: tuple[str, ...]
    languages: tuple[str, ...]
    tasks: tuple[str, ...]
    libraries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """That one model was made from another, and how they differ: the child's less the parent's."""

    parent: str
    child: str
    label: str  # the last kind that applies; untyped where none is said
    kinds: tuple[str, ...]  # all that are said
    likes_change: Number
    likes_relative: Number  # change / the parent's
    downloads_change: Number
    downloads_relative: Number
    days: Number  # from the parent's creation to the child's


MODEL_FIELDS = tuple(ModelRow.__slots__)[1:]  # what is said of a model
EDGE_FIELDS = tuple(EdgeRow.__slots__)[2:]  # and of an edge


def said(row: ModelRow | EdgeRow) -> dict[str, object]:
    """What is said of a model or an edge, by field; its names and what nobody said left out."""
    names = MODEL_FIELDS if isinstance(row, ModelRow) else EDGE_FIELDS
    held = ((name, getattr(row, name)) for name in names)
    return {name: value for name, value in held if value is not None and value != ()}


def model_rows(part: Subgraph) -> Iterator[ModelRow]:
    """The models in their order."""
    told = part.licences, part.languages, part.tasks, part.libraries
    created: Sequence[datetime | None] = part.created.tolist()
    columns = part.names, numbers(part.likes), numbers(part.downloads), created, *told
    return (ModelRow(*row) for row in zip(*columns, strict=True))


def edge_rows(part: Subgraph) -> Iterator[EdgeRow]:
    """The edges of a part in their order."""
    return _edge_rows(part.edges, part.names.__getitem__)


def edges_of(ecosystem: Ecosystem, which: Wholes) -> Iterator[EdgeRow]:
    """Some edges of an ecosystem, by their numbers and in their order."""
    columns = (getattr(ecosystem.edges, name)[which] for name in Edges.__slots__)
    return _edge_rows(Edges(*columns), ecosystem.names.__getitem__)


def _edge_rows(edges: Edges, name: Callable[[int], str]) -> Iterator[EdgeRow]:
    changes = (edges.likes_change, edges.likes_relative, edges.downloads_change, edges.downloads_relative)
    ends = edges.parent.tolist(), edges.child.tolist()
    columns = *ends, edges.label.tolist(), edges.types.tolist(), *map(numbers, (*changes, edges.days))
    kinds = {bits: kinds_in(bits) for bits in set(edges.types.tolist())}
    return (
        EdgeRow(name(parent), name(child), LABELS[label], kinds[types], *rest)
        for parent, child, label, types, *rest in zip(*columns, strict=True)
    )


def kinds_in(types: int) -> tuple[str, ...]:
    """The names of the kinds in a bitmask."""
    return tuple(name for name, bit in KINDS.items() if types & bit)


def numbers(column: Floats) -> list[Number]:
    """Its values, whole ones as such; None for NaN."""
    return [_number(value) for value in column.tolist()]


def _number(value: float) -> Number:
    if not math.isfinite(value):
        return None
    return int(value) if value.is_integer() else value
