"""Checkpoints into rows: which files a version of a model consists of; the bytes lie in their store."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

import duckdb

from .history_rows import history
from .journal import Event
from .rows import as_table, insert, utc

Connection = duckdb.DuckDBPyConnection

_SHA256 = re.compile(r"[0-9a-f]{64}")


def must_be_paths(paths: Iterable[str]) -> None:
    """Raises ValueError where one could lead out of its folder, or stands in another's way."""
    given = list(paths)
    known = set(given)
    if len(known) < len(given):
        raise ValueError("a path is there twice")
    for path in given:
        parts = path.split("/")
        if "\0" in path or any(part in ("", ".", "..") for part in parts):
            raise ValueError(f"{ascii(path)[:80]} is no path inside a folder")
        if any("/".join(parts[:end]) in known for end in range(1, len(parts))):
            raise ValueError(f"{ascii(path)[:80]} lies in what is a file")


def checkpoint_added(con: Connection, event: Event) -> None:
    """Adds a checkpoint and its files. Raises ValueError where it is there already, or its files are none."""
    body = event.body
    if _held(con, body["model"], body["version"]):
        raise ValueError(f"{body['model']} has a checkpoint {body['version']} already")
    files = body["files"]
    must_be_paths(file["path"] for file in files)
    if not files or not all(_SHA256.fullmatch(file["sha256"]) and file["size_bytes"] >= 0 for file in files):
        raise ValueError("a checkpoint without files, or a file without hash or size")
    if not isinstance(body["facts"], dict):
        raise ValueError("facts that are no object")
    facts = json.dumps(body["facts"], separators=(",", ":"), allow_nan=False)
    con.execute(
        "INSERT INTO checkpoints VALUES (?, ?, ?, ?, ?, ?)",
        [body["model"], body["version"], body["store"], facts, utc(event.at), event.seq],
    )
    rows = [
        {"seq": event.seq, "path": file["path"], "sha256": file["sha256"], "size_bytes": file["size_bytes"]}
        for file in files
    ]
    insert(con, "checkpoint_files", as_table(rows))
    history(con, event, _name(event), "added", to_value=_files(len(files)))


def checkpoint_removed(con: Connection, event: Event) -> None:
    """Takes a checkpoint away. Raises LookupError where it is not there."""
    held = _held(con, event.body["model"], event.body["version"])
    if not held:
        raise LookupError(f"{event.body['model']} has no checkpoint {event.body['version']}")
    count = con.execute("SELECT count(*) FROM checkpoint_files WHERE seq = ?", held).fetchall()[0][0]
    con.execute("DELETE FROM checkpoint_files WHERE seq = ?", held)
    con.execute("DELETE FROM checkpoints WHERE seq = ?", held)
    history(con, event, _name(event), "deleted", from_value=_files(count))


def _held(con: Connection, model: str, version: str) -> list[int]:
    """The event that added the checkpoint, where there is one."""
    query = "SELECT seq FROM checkpoints WHERE model_id = ? AND version = ?"
    return [seq for (seq,) in con.execute(query, [model, version]).fetchall()]


def _name(event: Event) -> str:
    return f"checkpoint {event.body['version']}"


def _files(count: int) -> str:
    return f"{count:,} file{'s'[: count != 1]}"
