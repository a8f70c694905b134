"""Events into rows: the one place that writes the projection's base tables.

Total: an event that can't be applied is kept in ``unapplied`` with its error and later ones go on. The
rows are the same however the events are cut into batches, so that a rebuild gives the same ids: what was
measured is collected and written many rows at once, each decision of a person on its own in between.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from . import apply_candidates, apply_decisions, apply_lineage, apply_models, journal, segments
from .apply_results import insert_results
from .journal import Event, Position, Record
from .rows import Row, as_table, insert, insert_new, utc

if TYPE_CHECKING:
    import pyarrow as pa

_BATCH = 500  # events
# Each sees all before it, and none after.
_ALONE = apply_decisions.KINDS.keys() | apply_models.KINDS.keys() | apply_lineage.KINDS.keys()


def _event_errors() -> tuple[type[Exception], ...]:
    """What an event's own content can cause; a full disk or a held file is not among them."""
    import pyarrow as pa  # as below, where it is needed: a question to the store needs none

    database = (duckdb.DataError, duckdb.IntegrityError, duckdb.ProgrammingError)
    content = (pa.ArrowException, segments.SegmentDamagedError)
    return (*database, *content, ArithmeticError, LookupError, TypeError, ValueError)


@dataclass(slots=True)
class _Batch:
    """Rows by table, collected from events before anything is written."""

    folder: Path
    rows: dict[str, list[Row]] = field(default_factory=dict)
    measured: list[Row] = field(default_factory=list)
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
        _in_transaction(con, records, lambda: _in_order(con, folder, events))
    except _event_errors() as error:
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


def _in_order(con: duckdb.DuckDBPyConnection, folder: Path, events: list[Event]) -> None:
    """Writes what is between two decisions at once; a decision sees all rows before it and none after."""
    for alone, run in groupby(events, lambda event: event.kind in _ALONE):
        if not alone:
            _write(con, _collect(folder, list(run)))
            continue
        for event in run:
            if event.kind in apply_models.KINDS:
                apply_models.recorded(con, folder, event)
                continue
            if event.kind in apply_lineage.KINDS:
                apply_lineage.KINDS[event.kind](con, folder, event)
                continue
            apply_decisions.decided(con, event)
            apply_candidates.number_again(con, event)


def _keep(con: duckdb.DuckDBPyConnection, records: list[Record]) -> None:
    rows = [
        {"seq": e.seq, "kind": e.kind, "recorded_at": utc(e.at), "line": r.line}
        for r, e in ((record, record.event) for record in records)
    ]
    insert(con, "events", as_table(rows))
    last = records[-1].after
    con.execute(
        "UPDATE meta SET applied_seq = ?, applied_offset = ?, applied_crc = ?",
        [last.seq, last.offset, last.crc],
    )


def _mark_unapplied(con: duckdb.DuckDBPyConnection, record: Record, reason: str) -> None:
    con.execute("INSERT INTO unapplied VALUES (?, ?)", [record.after.seq, reason])


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
    import pyarrow as pa

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
            insert_new(con, table, key, rows)
    if batch.measured or batch.imported:
        insert_results(con, [as_table(batch.measured), *batch.imported])
    con.execute(_MEMORY)
    for table, rows in batch.rows.items():
        insert(con, table, as_table(rows))
    con.execute(
        """UPDATE imports SET added = (SELECT count(*) FROM performance_results r WHERE r.seq = imports.seq)
           WHERE seq > (SELECT applied_seq FROM meta)"""
    )


_MEMORY = """UPDATE hardware_platforms SET memory_bytes = e.bytes FROM (
        SELECT hardware, arg_min(device_memory_bytes, rowid) AS bytes FROM environments
        WHERE device_memory_bytes IS NOT NULL GROUP BY hardware) e
    WHERE e.hardware = hardware_platforms.name AND hardware_platforms.memory_bytes IS NULL"""
