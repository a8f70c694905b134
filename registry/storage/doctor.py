"""Everything that is stored, checked against everything else, and healed where one copy is sound."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb

from ..errors import ForeignFileError, NoResultsError
from . import database, heal, identity, journal, locks, projection, rebuild
from .rebuild import Derive


@dataclass(frozen=True, slots=True)
class DoctorReport:
    """What stands and what was repaired, one line each."""

    findings: tuple[str, ...]
    repairs: tuple[str, ...]

    @property
    def healthy(self) -> bool:
        """True where no damage stands."""
        return not self.findings


def examine(path: Path, derive: Derive | None = None, wait_s: float = 10.0) -> DoctorReport:
    """The report on the store at ``path`` after all that can be healed was healed.

    Checks the journal's chain and segments against the database's copies, then replays the journal and
    compares every base table by count and hash; where they differ, the replayed database takes the
    place of the other. ``derive`` is as in ``rebuild``.
    """
    path = database.checked(path)
    folder = journal.folder_of(path)
    if not path.exists() and not journal.exists(folder):
        raise NoResultsError(f"no results at {path}: there is nothing to examine")
    done = heal.Healing()
    with database.reader(path, wait_s) as con:
        if con is None and not journal.exists(folder):
            raise ForeignFileError(f"{path} {database.NOT_OURS}")
        if con is not None:
            with suppress(journal.JournalDamagedError):  # then the first record is healed first
                identity.same_store(database.identify(con, path), path)
        rebuild.make_folder(folder)
        with locks.hold(rebuild.journal_lock(folder), wait_s):
            heal.heal(folder, con, done)
    if not done.findings:
        with locks.hold(rebuild.apply_lock(folder), wait_s):
            _check_database(path, derive, wait_s, done)
    return DoctorReport(tuple(done.findings), tuple(done.repairs))


def _check_database(path: Path, derive: Derive | None, wait_s: float, done: heal.Healing) -> None:
    differing = _differing(path, wait_s, done.repairs)
    if differing:
        report = rebuild.remake(path, derive, wait_s, damaged=True)
        done.repairs.append(
            f"{path}: {', '.join(differing)} differed from the journal; rebuilt, the old file is kept as "
            f"{report.quarantined}" + ("" if derive else " (calculate the scores again)")
        )
    with database.connect(path, read_only=True, wait_s=wait_s) as con:
        for seq, error in con.execute("SELECT seq, error FROM unapplied ORDER BY seq").fetchall():
            done.findings.append(f"event {seq} can't be applied: {error}")


def _differing(path: Path, wait_s: float, notices: list[str]) -> list[str]:
    """The tables of the database that are not what a replay of the journal up to the same event gives."""
    with projection.opened(path, wait_s, notices) as con:
        end = database.identify(con, path).applied.offset
        held = _contents(con, path)
    new, _ = rebuild.replay(path, end)
    with database.connect(new, read_only=True) as con:
        replayed = _contents(con, new)
    rebuild.discard(new)
    return [
        table for table in sorted(held.keys() | replayed.keys()) if held.get(table) != replayed.get(table)
    ]


def _contents(con: duckdb.DuckDBPyConnection, path: Path) -> dict[str, object]:
    """Count and hash by table, or "unreadable"; the derived tables only where they are that."""
    found: dict[str, object] = {}
    for table in database.tables(con):
        try:
            with database.translating(path):
                found[table] = database.contents(con, table)
        except database.DatabaseDamagedError:
            found[table] = "unreadable"
        if table in database.DERIVED and found[table] != "unreadable":
            del found[table]
    return found
