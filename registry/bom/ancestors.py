"""What a model was made from, as far as the catalogue knows: a tree in which each model is told once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..catalogue.model_record import ModelRecord
from ..catalogue.model_records import records_of

if TYPE_CHECKING:
    import duckdb

DEEPEST = 24  # generations
TOLD, AGAIN, CIRCLE, CUT = "told", "again", "circle", "cut"


@dataclass(frozen=True, slots=True)
class Ancestor:
    """A base model, and those that it was made from in turn."""

    model_id: str
    relation: str | None
    record: ModelRecord | None  # the newest; None: it is not in the catalogue
    # TOLD; AGAIN: its bases stand where it came first; CIRCLE: it is its own ancestor; CUT: too far back
    state: str
    bases: tuple[Ancestor, ...] = ()


def ancestors(con: duckdb.DuckDBPyConnection, record: ModelRecord) -> tuple[Ancestor, ...]:
    """The base models of ``record``, by id; one that comes again, as in a circle, is not followed again."""
    return _bases(con, record, set(), (record.model_id,))


def _bases(
    con: duckdb.DuckDBPyConnection, record: ModelRecord, seen: set[str], line: tuple[str, ...]
) -> tuple[Ancestor, ...]:
    """``line``: the models from the one that was asked for to ``record``."""
    found = []
    for base in sorted(set(record.base_models), key=lambda each: (each.model_id, each.relation or "")):
        known = next(iter(records_of(con, base.model_id)), None)
        above: tuple[Ancestor, ...] = ()
        state = _state(base.model_id, known, seen, line)
        seen.add(base.model_id)
        if state == TOLD and known is not None:
            above = _bases(con, known, seen, (*line, base.model_id))
        found.append(Ancestor(base.model_id, base.relation, known, state, above))
    return tuple(found)


def _state(model_id: str, known: ModelRecord | None, seen: set[str], line: tuple[str, ...]) -> str:
    if model_id in line:
        return CIRCLE
    if model_id in seen:
        return AGAIN
    return CUT if len(line) >= DEEPEST and known is not None and known.base_models else TOLD
