"""Events into rows: the one place that writes the projection's base tables.

Total: an event that can't be applied is kept in ``unapplied`` with its error and later ones go on. The
rows are the same however the events are cut into batches, so that a rebuild gives the same ids.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from . import journal, segments
from .journal import Event, Position, Record

_BATCH = 500  # events
# What an event's own content can cause; a full disk or a held file is not among them.
_EVENT_ERRORS = (
    duckdb.DataError,
    duckdb.IntegrityError,
    duckdb.ProgrammingError,
    pa.ArrowException,
    segments.SegmentDamagedError,
    ArithmeticError,
    LookupError,
    TypeError,
    ValueError,
)


@dataclass(slots=True)
class _Batch:
    """Rows by table, collected from events before anything is written."""

    folder: Path
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    measured: list[dict[str, Any]] = field(default_factory=list)
    imported: list[pa.Table] = field(default_factory=list)

    def add(self, table: str, **row: Any) -> None:
        self.rows.setdefault(table, []).append(row)


def catch_up(
    con: duckdb.DuckDBPyConnection, folder: Path, start: Position, end: int | None = None
) -> Position:
    """How far the projection follows the journal after applying what came since ``start``."""
    records = journal.scan(folder, start, end)
    while batch := list(islice(records, _BATCH)):
        apply(con, folder, batch)
        start = batch[-1].after
    return start


def apply(con: duckdb.DuckDBPyConnection, folder: Path, records: list[Record]) -> None:
    """Applies ``records`` in one transaction, or in halves where one of them can't be applied."""
    events = [record.event for record in records]
    try:
        _in_transaction(con, records, lambda: _write(con, _collect(folder, events)))
    except _EVENT_ERRORS as error:
        if len(records) == 1:
            reason = f"{type(error).__name__}: {error}".splitlines()[0][:500]
            _in_transaction(con, records, lambda: _mark_unapplied(con, records[0], reason))
            return
        middle = len(records) // 2
        apply(con, folder, records[:middle])
        apply(con, folder, records[middle:])


def _in_transaction(con: duckdb.DuckDBPyConnection, records: list[Record], write: Callable[[], None]) -> None:
    con.begin()
    try:
        write()
        _keep(con, records)
        con.commit()
    except BaseException:
        with suppress(duckdb.Error):  # what failed may have ended the transaction already
            con.rollback()
        raise


def _keep(con: duckdb.DuckDBPyConnection, records: list[Record]) -> None:
    rows = [
        {"seq": e.seq, "kind": e.kind, "recorded_at": utc(e.at), "line": r.line}
        for r, e in ((record, record.event) for record in records)
    ]
    _insert(con, "events", _table(rows))
    last = records[-1].after
    con.execute(
        "UPDATE meta SET applied_seq = ?, applied_offset = ?, applied_crc = ?",
        [last.seq, last.offset, last.crc],
    )


def _mark_unapplied(con: duckdb.DuckDBPyConnection, record: Record, reason: str) -> None:
    con.execute("INSERT INTO unapplied VALUES (?, ?)", [record.after.seq, reason])


def utc(text: str) -> datetime:
    """An ISO 8601 time as a naive UTC one; DuckDB's own cast would drop the offset."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo is None else moment.astimezone(UTC).replace(tzinfo=None)


# One function a kind; each only collects rows.


def _collect(folder: Path, events: list[Event]) -> _Batch:
    batch = _Batch(folder)
    for event in events:
        _KINDS[event.kind](batch, event)
    return batch


def _store(batch: _Batch, event: Event) -> None:
    """The first event: its store_id is in meta from the file's creation."""


def _sweep(batch: _Batch, event: Event) -> None:
    batch.add("sweeps", **event.body | {"started_at": utc(event.body["started_at"])})


def _environment(batch: _Batch, event: Event) -> None:
    batch.add("environments", **event.body, created_at=utc(event.at))


def _calibrated(batch: _Batch, event: Event) -> None:
    body = dict(event.body)
    ceilings, recorded_at = body.pop("ceilings"), utc(body.pop("recorded_at"))
    batch.add("calibrations", seq=event.seq, **body, recorded_at=recorded_at)
    for ceiling in ceilings:
        batch.add("ceilings", seq=event.seq, env_id=body["env_id"], **ceiling)


def _measured(batch: _Batch, event: Event) -> None:
    row = event.body["row"]
    own = {
        "id": event.first_id,
        "seq": event.seq,
        "event_at": utc(event.at),
        "recorded_at": utc(row["recorded_at"]),
    }
    batch.measured.append(row | own)
    if packed := event.body.get("samples"):
        batch.add(
            "samples", result_id=event.first_id, latency_s=segments.unpack_samples(batch.folder, packed)
        )
        _keep_segment(batch, event)


def _imported(batch: _Batch, event: Event) -> None:
    body = event.body
    if body["segment"]:
        batch.imported.append(_numbered(segments.decode(segments.read(batch.folder, body["segment"])), event))
        _keep_segment(batch, event)
    for environment in body["environments"]:
        batch.add("environments", **environment, created_at=utc(event.at))
    for line, reason in body["rejects"]:
        batch.add("import_rejects", seq=event.seq, file=body["file"], line=line, reason=reason)
    entry = {key: body[key] for key in ("importer", "file", "file_sha256", "segment")}
    batch.add("imports", seq=event.seq, **entry, accepted=event.count, added=0, recorded_at=utc(event.at))


_KINDS: dict[str, Callable[[_Batch, Event], None]] = {
    "store": _store,
    "sweep": _sweep,
    "environment": _environment,
    "calibrated": _calibrated,
    "measured": _measured,
    "imported": _imported,
}


def _keep_segment(batch: _Batch, event: Event) -> None:
    name = segments.named_in(event.body)
    if name:
        batch.add("segments", name=name, content=segments.read(batch.folder, name))


def _numbered(table: pa.Table, event: Event) -> pa.Table:
    if table.num_rows != event.count:
        raise ValueError(f"{table.num_rows} rows where the event gave out {event.count} ids")
    times = [utc(text) for text in table.column("recorded_at").to_pylist()]
    n = table.num_rows
    table = table.drop_columns(["recorded_at"]).append_column(
        "recorded_at", pa.array(times, pa.timestamp("us"))
    )
    if "pinning" not in table.column_names:  # a segment from before there was that axis
        table = table.append_column("pinning", pa.array(["none"] * n, pa.string()))
    table = table.append_column("id", pa.array(range(event.first_id, event.first_id + n), pa.int64()))
    table = table.append_column("seq", pa.array([event.seq] * n, pa.int64()))
    return table.append_column("event_at", pa.array([utc(event.at)] * n, pa.timestamp("us")))


def _write(con: duckdb.DuckDBPyConnection, batch: _Batch) -> None:
    for table, key in (("sweeps", "sweep_id"), ("environments", "env_id"), ("segments", "name")):
        if rows := batch.rows.pop(table, None):
            _insert_new(con, table, key, rows)
    if batch.measured or batch.imported:
        _insert_results(con, [_table(batch.measured), *batch.imported])
    con.execute(_MEMORY)
    for table, rows in batch.rows.items():
        _insert(con, table, _table(rows))
    con.execute(
        """UPDATE imports SET added = (SELECT count(*) FROM performance_results r WHERE r.seq = imports.seq)
           WHERE seq > (SELECT applied_seq FROM meta)"""
    )


def _insert(con: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    con.register("incoming", rows)
    con.execute(f'INSERT INTO "{table}" BY NAME SELECT * FROM incoming')  # noqa: S608 - our own names
    con.unregister("incoming")  # not after an error: an aborted transaction refuses it


def _insert_new(con: duckdb.DuckDBPyConnection, table: str, key: str, rows: list[dict[str, Any]]) -> None:
    """The first row of each key that the table doesn't hold yet."""
    known = {value for (value,) in con.execute(f"SELECT {key} FROM {table}").fetchall()}  # noqa: S608 - our own names
    fresh = {row[key]: row for row in reversed(rows) if row[key] not in known}
    if fresh:
        _insert(con, table, _table(list(reversed(fresh.values()))))


def _table(rows: list[dict[str, Any]]) -> pa.Table:
    """The rows as a table of all columns that any of them has."""
    columns = dict.fromkeys(key for row in rows for key in row)
    return pa.table({key: [row.get(key) for row in rows] for key in columns})


def _insert_results(con: duckdb.DuckDBPyConnection, parts: list[pa.Table]) -> None:
    con.execute(
        """CREATE OR REPLACE TEMP TABLE staged AS
           SELECT *, NULL::TIMESTAMP AS event_at FROM performance_results LIMIT 0"""
    )
    for part in parts:
        if part.num_rows:
            _insert(con, "staged", part)
    for statement in _STATEMENTS:
        con.execute(statement)


_STATEMENTS = (
    # a row that was imported before, from whichever file, counts once: the earliest stays
    """DELETE FROM staged WHERE row_key IS NOT NULL AND (
           row_key IN (SELECT row_key FROM performance_results WHERE row_key IS NOT NULL)
           OR id NOT IN (SELECT min(id) FROM staged WHERE row_key IS NOT NULL GROUP BY row_key))""",
    """INSERT INTO models
       SELECT (SELECT coalesce(max(id), 0) FROM models) + row_number() OVER (ORDER BY min(id)),
              model, arg_min(model_source, id), NULL, NULL, arg_min(event_at, id)
       FROM staged WHERE model NOT IN (SELECT name FROM models) GROUP BY model ORDER BY min(id)""",
    """UPDATE models SET parameters = s.parameters FROM (
           SELECT model, arg_min(parameters, id) AS parameters FROM staged
           WHERE parameters IS NOT NULL GROUP BY model) s
       WHERE s.model = models.name AND models.parameters IS NULL""",
    """UPDATE models SET macs_per_sample = s.macs FROM (
           SELECT model, arg_min(macs_per_sample, id) AS macs FROM staged
           WHERE macs_per_sample IS NOT NULL GROUP BY model) s
       WHERE s.model = models.name AND models.macs_per_sample IS NULL""",
    """INSERT INTO hardware_platforms
       SELECT (SELECT coalesce(max(id), 0) FROM hardware_platforms) + row_number() OVER (ORDER BY min(id)),
              hardware, arg_min(device_kind, id), NULL, arg_min(event_at, id)
       FROM staged WHERE hardware NOT IN (SELECT name FROM hardware_platforms)
       GROUP BY hardware ORDER BY min(id)""",
    """INSERT INTO performance_results BY NAME
       SELECT s.* EXCLUDE (event_at) REPLACE (m.id AS model_id, h.id AS hardware_id)
       FROM staged s LEFT JOIN models m ON m.name = s.model
           LEFT JOIN hardware_platforms h ON h.name = s.hardware
       ORDER BY s.id""",  # LEFT: a row without a model is refused by NOT NULL, not lost
    "DROP TABLE staged",
)

_MEMORY = """UPDATE hardware_platforms SET memory_bytes = e.bytes FROM (
        SELECT hardware, arg_min(device_memory_bytes, rowid) AS bytes FROM environments
        WHERE device_memory_bytes IS NOT NULL GROUP BY hardware) e
    WHERE e.hardware = hardware_platforms.name AND hardware_platforms.memory_bytes IS NULL"""
