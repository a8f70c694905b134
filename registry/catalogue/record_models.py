"""Keeping what is said of models: a record replaces the one of its id and version, once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from ..errors import RefusedError
from ..storage import journal, model_columns, segments
from ..storage.store import Draft
from .actor import actor
from .model_record import ModelRecord
from .sound_models import unsound

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

    from ..storage.store import Store


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of records that were to be kept."""

    added: int
    changed: int
    unchanged: int


def record_models(
    store: Store, records: Iterable[ModelRecord], source: str, sha256: str | None = None
) -> Recorded:
    """What became of ``records``, kept as one event: all of them or none.

    ``source``: the file or hub that they were read from, "" where they were said by hand, and ``sha256`` of
    its bytes. A record says it for itself where it has a source of its own. Raises RefusedError for one that
    can't be kept or stands twice, StoreBusyError.
    """
    named = [record if record.source else replace(record, source=source) for record in records]
    return record_table(store, as_table(named), source, sha256)


def record_table(store: Store, table: pa.Table, source: str, sha256: str | None = None) -> Recorded:
    """As ``record_models``, of rows in the columns of ``model_columns.models``: for very many."""
    return recorded(store, lambda _: table, source, sha256)


def recorded(
    store: Store,
    said: Callable[[duckdb.DuckDBPyConnection], pa.Table],
    source: str,
    sha256: str | None = None,
) -> Recorded:
    """As ``record_table``, of the rows that ``said`` makes of the store as it stands."""
    counts: list[Recorded] = []

    def compose(con: duckdb.DuckDBPyConnection) -> Draft | None:
        table = said(con)
        for row, reason in sorted(unsound(table).items()):
            named = ascii(table["model_id"][row].as_py() or f"record {row + 1}")[1:-1]
            raise RefusedError(f"{named[:80]} can't be kept: {reason}")
        fresh, added = _differing(con, table)
        counts.append(Recorded(added, fresh.num_rows - added, table.num_rows - fresh.num_rows))
        if not fresh.num_rows:
            return None
        body, content = model_columns.packed(fresh)
        if content is not None:  # the journal's lock is held: it is durable before the event that names it
            segments.write(journal.folder_of(store.path), content)
        return Draft("models_recorded", {"actor": actor(), "source": source, "sha256": sha256} | body)

    store.decide(compose)
    return counts[-1]


def as_table(records: Iterable[ModelRecord]) -> pa.Table:
    """The records in the columns of ``model_columns.models``. Raises RefusedError for another kind."""
    rows = [_row(record) for record in records]
    try:
        return model_columns.table(rows, model_columns.models())
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
        raise RefusedError(f"a record holds what can't be kept: {str(error)[:200]}") from error


def _row(record: ModelRecord) -> dict[str, Any]:
    row = {name: getattr(record, name) for name in ModelRecord.__slots__}
    return row | {"base_models": [asdict(base) for base in record.base_models]}


def _differing(con: duckdb.DuckDBPyConnection, table: pa.Table) -> tuple[pa.Table, int]:
    """The rows that are not stored as they are, and how many of them are of no stored model."""
    import numpy as np
    import pyarrow as pa

    facts = [name for name in table.column_names if name not in (*model_columns.KEY, "source")]
    sides = (", ".join(f"{side}.{name}" for name in facts) for side in ("i", "m"))
    old, new = (f"row({columns})" for columns in sides)
    con.register("said", table.append_column("number", pa.array(np.arange(table.num_rows))))
    found = con.execute(
        f"""SELECT number, m.seq IS NULL AS added FROM said i
                LEFT JOIN model_records m USING (model_id, version)
            WHERE m.seq IS NULL OR {old} IS DISTINCT FROM {new} ORDER BY number"""  # noqa: S608 - our own names
    ).fetchnumpy()
    con.unregister("said")
    return table.take(found["number"]), int(found["added"].sum())
