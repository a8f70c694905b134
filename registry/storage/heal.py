"""The journal's two copies, its own files and the database's tables, made good from each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from . import journal, segments
from .files import guarded, read_state, stamp, write_durably
from .journal import Record
from .rebuild import named_segments


@dataclass(slots=True)
class Healing:
    """What was found and what was done about it, one line each."""

    findings: list[str] = field(default_factory=list)  # that stand
    repairs: list[str] = field(default_factory=list)


def heal(folder: Path, con: duckdb.DuckDBPyConnection | None, done: Healing) -> None:
    """Repairs the journal's files from the database ``con`` (None: it can't be read), noting it in ``done``.

    The caller holds the journal's lock. Nothing is overwritten while damage can't be healed.
    """
    _heal_log(folder, _lines(con), done)
    if not done.findings:
        _heal_segments(folder, con, done)


def _lines(con: duckdb.DuckDBPyConnection | None) -> dict[int, bytes]:
    with suppress(duckdb.Error):
        if con is not None:
            return dict(con.execute("SELECT seq, line FROM events").fetchall())
    return {}


def _segment(con: duckdb.DuckDBPyConnection | None, name: str) -> bytes | None:
    with suppress(duckdb.Error):
        if con is not None and (
            row := con.execute("SELECT content FROM segments WHERE name = ?", [name]).fetchone()
        ):
            content: bytes = row[0]
            return content if segments.name_of(content) == name else None
    return None


def _heal_log(folder: Path, copies: dict[int, bytes], done: Healing) -> None:
    log = journal.log_of(folder)
    with guarded(log):
        found = read_state(log) if journal.exists(folder) else b""
    lines = re.split(rb"(?<=\n)", found)
    torn = lines.pop() if journal.torn(lines[-1]) else b""
    present = found[: len(found) - len(torn)]
    records = list(_chain(lines, copies))
    end = records[-1].after if records else journal.START
    covered = end.offset >= len(present) or (records and present.endswith(records[-1].line))
    if not covered or end.seq < max(copies, default=0):
        done.findings.append(f"{log}: record {end.seq + 1} is damaged and there is no sound copy of it")
        return
    sound = b"".join(record.line for record in records)
    if sound == found:
        return
    with guarded(log):
        if present and sound != present:
            write_durably(log.with_name(f"{log.name}.corrupt-{stamp()}"), found)
            done.repairs.append(f"{log}: healed from the database ({_changed(lines, records)})")
        elif not present:
            done.repairs.append(f"{log}: made again from the database ({end.seq} records)")
        else:
            done.repairs.append(f"{log}: a record cut off by an interruption was dropped")
        write_durably(log, sound)


def _chain(lines: list[bytes], copies: dict[int, bytes]) -> Iterator[Record]:
    """The records that follow from one another, each from whichever copy is sound."""
    by_seq = {
        int(parts[1]): line for line in lines if len(parts := line.split(b" ", 3)) == 4 and parts[1].isdigit()
    }
    position = journal.START
    while True:
        options = (by_seq.get(position.seq + 1), copies.get(position.seq + 1))
        record = next((r for line in options if line and (r := journal.parse(line, position))), None)
        if record is None:
            return
        yield record
        position = record.after


def _changed(lines: list[bytes], records: list[Record]) -> str:
    held = set(lines)
    changed = [str(record.after.seq) for record in records if record.line not in held]
    return (
        f"record{'s' if len(changed) > 1 else ''} {', '.join(changed[:8])}{' …' if len(changed) > 8 else ''}"
    )


def _heal_segments(folder: Path, con: duckdb.DuckDBPyConnection | None, done: Healing) -> None:
    named = named_segments(folder)
    for name in sorted(named):
        if segments.sound(folder, name):
            continue
        path, content = segments.path_of(folder, name), _segment(con, name)
        if content is None:
            done.findings.append(f"{path}: damaged or missing, and there is no sound copy of it")
        else:
            segments.write(folder, content)
            done.repairs.append(f"{path}: written again from the database")
    if orphans := segments.remove_orphans(folder, named):
        done.repairs.append(f"{folder / 'segments'}: removed {orphans} file(s) that no event names")
