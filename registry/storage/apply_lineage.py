"""Ecosystems of models into rows: which file each was built from; its rows stay in their segment."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb

from . import segments
from .history_rows import history
from .journal import Event
from .rows import insert_new, utc

Connection = duckdb.DuckDBPyConnection


def lineage_built(con: Connection, folder: Path, event: Event) -> None:
    """Adds a build, the newest from now on. Raises ValueError where its counts are none."""
    body = event.body
    models, rejected = body["models"], body["rejected"]
    if not (isinstance(models, int) and isinstance(rejected, int) and min(models, rejected) >= 0):
        raise ValueError("a build without the numbers of its models")
    name = body["segment"]
    insert_new(con, "segments", "name", [{"name": name, "content": segments.read(folder, name)}])
    newest = con.execute("SELECT file FROM lineage_builds ORDER BY seq DESC LIMIT 1").fetchall()
    con.execute(
        "INSERT INTO lineage_builds VALUES (?, ?, ?, ?, ?, ?, ?)",
        [event.seq, body["file"], body["file_sha256"], name, models, rejected, utc(event.at)],
    )
    before = newest[0][0] if newest else None
    history(con, event, "lineage", "built", before, f"{models:,} models, from {body['file']}", model="")


KINDS: dict[str, Callable[[Connection, Path, Event], None]] = {"lineage_built": lineage_built}
