"""Names that are no id by their form, such as mistral-7b: models where they are known as such, else open."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from .hit import Hit

if TYPE_CHECKING:
    import duckdb


def ids_without_owner(con: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """The ids of the catalogue that have no "/", by whose form nobody can tell that they are ids."""
    rows = con.execute("SELECT DISTINCT model_id FROM model_records WHERE NOT contains(model_id, '/')")
    return frozenset(model_id for (model_id,) in rows.fetchall())


def settled(hits: Iterable[Hit], known: Container[str] = ()) -> tuple[Hit, ...]:
    """The hits of one file, in their order, those that name one of ``known`` with it as their model.

    What is not known stays open once for a line and call, and not beside a model of the same.
    """
    found = [_known(hit, known) for hit in hits]
    named = {(hit.line, hit.call) for hit in found if hit.model_id is not None}
    kept: list[Hit] = []
    for hit in found:
        place = (hit.line, hit.call)
        if hit.if_known is not None:
            if place in named:
                continue
            named.add(place)
        kept.append(hit)
    return tuple(kept)


def _known(hit: Hit, known: Container[str]) -> Hit:
    if hit.if_known is None or hit.if_known[0] not in known:
        return hit
    model_id, confidence = hit.if_known
    return replace(hit, model_id=model_id, confidence=confidence, detail="", if_known=None)
