"""The append-only log of events: what is in it is kept, everything else is made from it.

One record a line: ``LENGTH SEQ CRC JSON\\n``. LENGTH is the JSON's in bytes, SEQ counts from 1, CRC is the
crc32 (hex) of ``LENGTH SEQ `` and the JSON, started from the previous record's CRC, so that each record
vouches for all before it.
"""

from __future__ import annotations

import json
import os
import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ..errors import NewerStoreError, StoreDamagedError, StoreFullError
from .files import guarded, open_state, refused, sync_folder, write_all

EVENT_VERSION = 7


def _with_pinning(event: dict[str, Any]) -> dict[str, Any]:
    """A measured row from before threads could be pinned: none were."""
    if event["kind"] == "measured":
        event["body"]["row"].setdefault("pinning", "none")
    return event


def _as_it_is(event: dict[str, Any]) -> dict[str, Any]:
    """From 3 on there are decisions, from 4 undone retractions, from 6 what models are and who uses them,
    from 7 whole ecosystems of them.

    An older fitment must not pass them over.
    """
    return event


def _with_weights_not_stated(event: dict[str, Any]) -> dict[str, Any]:
    """A measured row of an own factory from before 5, which may not say that its weights were drawn.

    Nobody can tell any more whether they were: they are flagged as those of published results are.
    """
    if event["kind"] == "measured" and event["body"]["row"].get("model_source") == "module":
        flags = [flag for flag in event["body"]["row"].get("flags", "").split(",") if flag]
        event["body"]["row"]["flags"] = ",".join(dict.fromkeys([*flags, "speed_only"]))
    return event


# version -> what turns an event of it into one of the next version
UPCASTS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {
    1: _with_pinning,
    2: _as_it_is,
    3: _as_it_is,
    4: _with_weights_not_stated,
    5: _as_it_is,
    6: _as_it_is,
}
_CHUNK = 1 << 16


class JournalDamagedError(StoreDamagedError):
    """A complete record whose CRC, sequence or length is wrong."""


class JournalInDoubtError(StoreFullError):
    """A record that could be neither made durable nor withdrawn; nothing more may follow it."""


@dataclass(frozen=True, slots=True)
class Position:
    """A place between two records: where ``seq`` records end."""

    seq: int
    offset: int  # bytes
    crc: int


START = Position(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Event:
    """A record's JSON, brought to the present version."""

    seq: int
    kind: str
    at: str  # UTC, ISO 8601
    first_id: int
    count: int
    next_id: int
    body: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Record:
    """A sound record: its line, newline included, and where it ends."""

    line: bytes
    after: Position

    @property
    def event(self) -> Event:
        """The decoded event. Raises ``NewerStoreError`` where a newer fitment wrote it."""
        return decode(self)


@dataclass(frozen=True, slots=True)
class Appended:
    """What an append acknowledges: the event's number, and the first of the ids that it gave out."""

    seq: int
    first_id: int


def folder_of(path: Path) -> Path:
    """The state folder beside the database ``path``: its own, also for names such as ``lab.v1``."""
    if path.suffix in (".duckdb", ".db"):
        return path.with_suffix(".journal")
    return path.with_name(path.name + ".journal")


def log_of(folder: Path) -> Path:
    """The log inside the state folder."""
    return folder / "events.log"


def exists(folder: Path) -> bool:
    """True where the state folder has a log with something in it."""
    with suppress(OSError):
        return os.lstat(log_of(folder)).st_size > 0
    return False


def decode(record: Record) -> Event:
    """The event in a record, brought to the present version: the one place where old ones are upcast."""
    seq, raw = record.after.seq, json.loads(record.line.split(b" ", 3)[3])
    version = raw.pop("v")
    if version > EVENT_VERSION:
        raise NewerStoreError(
            f"event {seq} has version {version}, this fitment knows {EVENT_VERSION}: use a newer fitment"
        )
    for old in range(version, EVENT_VERSION):
        raw = UPCASTS[old](raw)
    return Event(seq=seq, **raw)


def encode(seq: int, previous_crc: int, payload: bytes) -> tuple[bytes, int]:
    """The line of record ``seq`` and its CRC."""
    head = b"%d %d " % (len(payload), seq)
    crc = zlib.crc32(payload, zlib.crc32(head, previous_crc))
    return b"%s%08x %s\n" % (head, crc, payload), crc


def parse(line: bytes, before: Position) -> Record | None:
    """The record that stands in ``line`` and follows ``before``; None where it is not exactly that."""
    payload = line[:-1].split(b" ", 3)[-1]
    expected, crc = encode(before.seq + 1, before.crc, payload)
    if line != expected:
        return None
    return Record(line, Position(before.seq + 1, before.offset + len(line), crc))


def scan(folder: Path, start: Position = START, end: int | None = None) -> Iterator[Record]:
    """The records after ``start`` (and up to offset ``end``), each checked against the one before.

    A last record cut off in its middle was never acknowledged and ends the scan silently.
    Raises ``JournalDamagedError`` at the first damaged one.
    """
    with guarded(log_of(folder)):
        fd = open_state(log_of(folder), os.O_RDONLY)
    with os.fdopen(fd, "rb") as log:
        log.seek(start.offset)
        position = start
        while end is None or position.offset < end:
            line = log.readline()
            if torn(line):
                return
            record = parse(line, position)
            if record is None:
                raise damaged(folder, position)
            yield record
            position = record.after


def damaged(folder: Path, position: Position) -> JournalDamagedError:
    """The error that names the damaged record after ``position``."""
    where = f"record {position.seq + 1} at byte {position.offset}"
    return JournalDamagedError(f"{log_of(folder)}: {where} is damaged; run `fitment doctor`")


def torn(line: bytes) -> bool:
    """True for what an interrupted write leaves: no final newline, and less than the record's length.

    A whole record whose newline was changed to something else is damage instead. Zeros at the end count
    as not written: a power cut can leave them.
    """
    if line.endswith(b"\n"):
        return False
    head, written = line.split(b" ", 3), len(line.rstrip(b"\0"))
    if len(head) < 4 or not head[0].isdigit():
        return True
    return written < len(line) - len(head[3]) + int(head[0]) + 1


def last(folder: Path, end: int | None = None) -> Record | None:
    """The last whole record (before offset ``end``), checked; None where there is none.

    Raises ``JournalDamagedError``, and ``NewerStoreError`` where a newer fitment wrote it.
    """
    with guarded(log_of(folder)):
        fd = open_state(log_of(folder), os.O_RDONLY)
        try:
            return _last(fd, folder, os.fstat(fd).st_size if end is None else end)
        finally:
            os.close(fd)


def _last(fd: int, folder: Path, size: int) -> Record | None:
    chunk = _CHUNK
    while True:
        begin = max(0, size - chunk)
        lines = [line for line in re.split(rb"(?<=\n)", os.pread(fd, size - begin, begin)) if line]
        rest = lines.pop() if lines and torn(lines[-1]) else b""
        if begin == 0 or len(lines) > 2:
            break
        chunk *= 4
    if not lines:
        return None
    offset = size - len(rest) - len(lines[-1])
    before = START if offset == 0 else _header(lines[-2], offset) if len(lines) > 1 else None
    record = parse(lines[-1], before) if before else None
    if record is None:
        raise damaged(folder, before or Position(-1, offset, 0))
    decode(record)
    return record


def _header(line: bytes, offset: int) -> Position | None:
    with suppress(ValueError, IndexError):
        _, seq, crc, _ = line.split(b" ", 3)
        return Position(int(seq), offset, int(crc, 16))
    return None


def append(folder: Path, kind: str, body: dict[str, Any], count: int = 0) -> Appended:
    """Appends an event that gives out ``count`` ids and returns once it is on the disk.

    The caller holds the journal's lock. A torn record at the end is cut off first. Raises
    ``StoreFullError`` where the disk refuses: then nothing of the event is kept.
    """
    with guarded(log_of(folder)):
        fd = open_state(log_of(folder), os.O_RDWR | os.O_CREAT | os.O_APPEND)
        try:
            return _append(fd, folder, kind, body, count)
        finally:
            os.close(fd)


def _append(fd: int, folder: Path, kind: str, body: dict[str, Any], count: int) -> Appended:
    size = os.fstat(fd).st_size
    record = _last(fd, folder, size)
    before, first_id = (record.after, record.event.next_id) if record else (START, 1)
    if size > before.offset:
        os.ftruncate(fd, before.offset)
    event = {"v": EVENT_VERSION, "kind": kind, "at": datetime.now(UTC).isoformat(timespec="microseconds")}
    event |= {"first_id": first_id, "count": count, "next_id": first_id + count, "body": body}
    payload = json.dumps(event, separators=(",", ":"), ensure_ascii=True, allow_nan=False).encode()
    line, _ = encode(before.seq + 1, before.crc, payload)
    try:
        write_all(fd, line)
        os.fsync(fd)
        if before == START:
            sync_folder(folder)
            sync_folder(folder.parent)
    except OSError as error:
        _withdraw(fd, folder, before.offset, error)
        raise
    return Appended(before.seq + 1, first_id)


def _withdraw(fd: int, folder: Path, offset: int, cause: OSError) -> None:
    try:
        os.ftruncate(fd, offset)
    except OSError:
        message = f"{refused(log_of(folder), cause)} (its last record is in doubt)"
        raise JournalInDoubtError(message) from cause


def trim(folder: Path) -> int:
    """The bytes of a torn last record, which are cut off. The caller holds the journal's lock."""
    with guarded(log_of(folder)):
        fd = open_state(log_of(folder), os.O_RDWR)
        try:
            size = os.fstat(fd).st_size
            record = _last(fd, folder, size)
            good = record.after.offset if record else 0
            if size > good:
                os.ftruncate(fd, good)
            return size - good
        finally:
            os.close(fd)
