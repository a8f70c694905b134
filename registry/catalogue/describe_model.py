"""One model described by hand: what is said is added to its record, what isn't stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ..errors import RefusedError
from .labels import LONGEST, LONGEST_MODEL, label
from .model_record import BaseModel, ModelRecord
from .model_records import records_of
from .record_models import as_table, recorded

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

    from ..storage.store import Store

_ALL = [name for name in ModelRecord.__slots__ if name not in ("model_id", "version", "source")]


@dataclass(frozen=True, slots=True)
class Described:
    """What was done to a record."""

    record: ModelRecord  # as it is now
    added: bool
    changed: bool  # as is one that was added


def describe_model(store: Store, said: ModelRecord, version: str | None = None) -> Described:
    """What was done so that the record says what ``said`` does; the same again changes nothing.

    Texts and numbers take the place of what was said before; tags, metrics and the like are added to it.
    Without ``version`` it is the one that is recorded, where that is one. Raises RefusedError where several
    are, or for what can't be kept; StoreBusyError.
    """
    model_id = label("model id", said.model_id, LONGEST_MODEL)
    asked = None if version is None else label("version", version, LONGEST)
    records: list[ModelRecord] = []

    def compose(con: duckdb.DuckDBPyConnection) -> pa.Table:
        held = {record.version: record for record in records_of(con, model_id)}
        if asked is None and len(held) > 1:
            there = ", ".join(record or '""' for record in held)
            raise RefusedError(f"{model_id} has the versions {there}: say which with --version")
        of = next(iter(held), "") if asked is None else asked
        before = held.get(of, ModelRecord(model_id=model_id, version=of))
        records.append(_merged(before, said))
        return as_table(records[-1:])

    done = recorded(store, compose, said.source)
    return Described(records[-1], done.added > 0, done.added + done.changed > 0)


def _merged(before: ModelRecord, said: ModelRecord) -> ModelRecord:
    """What was said before with what is said now."""
    now: dict[str, Any] = {}
    for name in _ALL:
        old, new = getattr(before, name), getattr(said, name)
        if new is None or new == () or new == {}:
            continue
        if isinstance(new, Mapping):
            now[name] = {**old, **new}
        elif name == "base_models":
            now[name] = _bases(old, new)
        elif isinstance(new, tuple):
            now[name] = tuple(dict.fromkeys([*old, *new]))
        else:
            now[name] = new
    return replace(before, **now)


def _bases(old: tuple[BaseModel, ...], new: tuple[BaseModel, ...]) -> tuple[BaseModel, ...]:
    """Each base model once, with the relation that was said last."""
    return tuple({base.model_id: base for base in [*old, *new]}.values())
