"""Several models in one product: each against the product's licence, and each pair against one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .check import ONE_SIDED, check
from .verdicts import NOTHING_STATED, Context, Judged, Relation


@dataclass(frozen=True, slots=True)
class Part:
    """A model of the product, and the licence that it is declared to be under."""

    name: str
    licence: str | None


@dataclass(frozen=True, slots=True)
class Product:
    """``alone``: each part into the product, in the order of ``parts``. ``pairs``: (out, in) by place."""

    parts: tuple[Part, ...]
    outbound: str | None
    relation: Relation
    alone: tuple[Judged, ...]
    pairs: tuple[tuple[int, int, Judged], ...]  # none for relations without an outbound side


def product(
    parts: Sequence[Part], outbound: str | None, relation: Relation, context: Context = NOTHING_STATED
) -> Product:
    """The verdicts on ``parts`` in a product under ``outbound``; a pair's first licence is outbound."""
    alone = tuple(check(outbound, part.licence, relation, context) for part in parts)
    pairs = tuple(
        (out, into, check(parts[out].licence or "", parts[into].licence, relation, context))
        for out in range(len(parts))
        for into in range(len(parts))
        if out != into and relation not in ONE_SIDED
    )
    return Product(tuple(parts), outbound, relation, alone, pairs)
