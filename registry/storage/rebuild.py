"""The projection made again from the journal: replayed into NAME.new, then swapped in under the locks."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb

from ..errors import FitmentError, NoResultsError
from . import database, identity, journal, locks, segments
from .files import guarded, replace_durably, stamp, sync_folder
from .follow import catch_up
from .journal import Position

Derive = Callable[[duckdb.DuckDBPyConnection], object]


@dataclass(frozen=True, slots=True)
class RebuildReport:
    """What a rebuild made."""

    events: int
    results: int
    unapplied: int
    quarantined: Path | None  # where a damaged database was put aside


def rebuild(path: Path, derive: Derive | None = None, wait_s: float = 10.0) -> RebuildReport:
    """The report of a database made again from its journal, with the same rows and ids.

    ``derive`` fills the derived tables of the new file before it takes its place; without it they are
    empty. Raises ``StoreDamagedError`` while the journal or a segment is damaged, ``StoreBusyError`` while
    another process has the database open; the old file then stays as it was.
    """
    path = database.checked(path)
    folder = journal.folder_of(path)
    if not journal.exists(folder):
        raise NoResultsError(f"no journal at {folder}: there is nothing to rebuild from")
    with locks.hold(apply_lock(folder), wait_s):
        return remake(path, derive, wait_s)


def make_folder(folder: Path) -> None:
    """Makes the state folder where it is missing."""
    with guarded(folder), suppress(FileExistsError):
        os.mkdir(folder)


def apply_lock(folder: Path) -> Path:
    """The lock of whoever applies events or replaces the database."""
    return folder / "apply.lock"


def journal_lock(folder: Path) -> Path:
    """The lock of whoever appends, held for milliseconds."""
    return folder / "lock"


def remake(path: Path, derive: Derive | None, wait_s: float, *, damaged: bool = False) -> RebuildReport:
    """As ``rebuild``, for a caller that holds the apply lock; a ``damaged`` database is put aside."""
    damaged = not _replaceable(path, wait_s) or damaged
    try:
        new, position = replay(path)
        with database.connect(new, read_only=False) as con, database.translating(new):
            _derive(con, derive)
            with locks.hold(journal_lock(journal.folder_of(path)), wait_s):
                catch_up(con, journal.folder_of(path), position)
                report = _report(con, path if damaged else None)
                con.execute("CHECKPOINT")
                con.close()
                _swap(path, new, report.quarantined)
    except BaseException:
        with suppress(FitmentError):  # a full disk should not hold half a database as well
            discard(_new_of(path))
        raise
    return report


def _derive(con: duckdb.DuckDBPyConnection, derive: Derive | None) -> None:
    if derive is not None:
        con.begin()
        derive(con)
        con.commit()


def _replaceable(path: Path, wait_s: float) -> bool:
    """False where the database is damaged; raises where it is in use, foreign or newer."""
    if not path.exists():
        return True
    try:
        with database.connect(path, read_only=False, wait_s=wait_s) as con:
            identity.same_store(database.identify(con, path), path)
    except database.DatabaseDamagedError:
        return False
    return True


def replay(path: Path, end: int | None = None) -> tuple[Path, Position]:
    """NAME.new, holding all that the journal beside ``path`` says (up to offset ``end``), and how far it got.

    Needs no lock but the apply lock. Raises ``StoreDamagedError`` while a record or segment is damaged.
    """
    folder = journal.folder_of(path)
    for name in sorted(named_segments(folder)):
        segments.read(folder, name)
    new = _new_of(path)
    discard(new)
    with database.translating(new):
        con = database.create(new, identity.store_id(folder))
        try:
            return new, catch_up(con, folder, journal.START, end)
        finally:
            con.close()


def named_segments(folder: Path) -> set[str]:
    """The names of all segments that events of the journal name."""
    names = (segments.named_in(record.event.body) for record in journal.scan(folder))
    return {name for name in names if name}


def discard(path: Path) -> None:
    """Removes a database file of ours that never took its place, and its .wal."""
    for leftover in (path, wal_of(path)):
        with guarded(leftover), suppress(FileNotFoundError):
            os.unlink(leftover)


def _new_of(path: Path) -> Path:
    return path.with_name(path.name + ".new")


def wal_of(path: Path) -> Path:
    """DuckDB's write-ahead log beside ``path``."""
    return path.with_name(path.name + ".wal")


def _report(con: duckdb.DuckDBPyConnection, damaged: Path | None) -> RebuildReport:
    events, results, unapplied = (
        database.contents(con, table)[0] for table in ("events", "performance_results", "unapplied")
    )
    aside = damaged and damaged.with_name(f"{damaged.name}.corrupt-{stamp()}")
    return RebuildReport(events, results, unapplied, aside)


def _swap(path: Path, new: Path, quarantine: Path | None) -> None:
    """Old or new file, never mixed: a .wal that outlived its file would make the new one unopenable."""
    with guarded(path):
        if quarantine is not None:
            os.replace(path, quarantine)
            with suppress(FileNotFoundError):
                os.replace(wal_of(path), wal_of(quarantine))
        with suppress(FileNotFoundError):
            os.unlink(wal_of(path))
        sync_folder(path.parent)
        replace_durably(new, path)
