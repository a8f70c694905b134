"""The store as everybody uses it: append an event, read the projection, write derived tables."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import duckdb

from ..errors import (
    DatabasePathError,
    ForeignFileError,
    NewerStoreError,
    NoResultsError,
    StoreBusyError,
    StoreDamagedError,
    StoreFullError,
)
from . import database, heal, identity, journal, locks, projection, rebuild, segments
from .follow import catch_up
from .journal import Appended, Event, Position
from .location import default_path as default_path


@dataclass(frozen=True, slots=True)
class Draft:
    """An event that is not in the journal yet; ``count`` is the number of ids that it takes."""

    kind: str
    body: dict[str, Any]
    count: int = 0


class Store:
    """A database file and the journal beside it. Holds no file open between calls, but for ``to_ask``."""

    def __init__(self, path: Path, wait_s: float) -> None:
        self.path = path
        self.notices: list[str] = []  # one line each, for the user
        self._folder = journal.folder_of(path)
        self._wait_s = wait_s
        self._applied = journal.START  # as last seen in the database
        self._in_doubt: str | None = None
        self._looking: duckdb.DuckDBPyConnection | None = None  # what ``to_ask`` keeps for ``reading``

    @classmethod
    def open(cls, path: Path, *, create: bool = False, wait_s: float = 10.0) -> Self:
        """The store at ``path``, brought up to date where nobody else holds it.

        Raises ``NoResultsError`` where there is none and ``create`` is False, ``ForeignFileError``,
        ``NewerStoreError``, ``DatabasePathError``, ``StoreDamagedError``, ``StoreBusyError``.
        """
        store = cls(database.checked(path), wait_s)
        store._take_up(identity.probe(store.path, wait_s), create)
        return store

    @classmethod
    def to_ask(cls, path: Path, *, wait_s: float = 10.0) -> Self:
        """As ``open``, for a question that follows at once: one opening of the file serves both.

        Other processes can't write before the first ``reading`` has ended.
        """
        store = cls(database.checked(path), wait_s)
        found, store._looking = identity.looked(store.path, wait_s)
        try:
            store._take_up(found, create=False)
        except BaseException:
            store._look_away()
            raise
        return store

    def _take_up(self, found: database.Meta | str, create: bool) -> None:
        """Takes up what a database was found to be; makes it, or its journal, where that is to be done."""
        if isinstance(found, database.Meta):
            self._applied = found.applied
        if not journal.exists(self._folder):
            self._begin(found, create)
        self._check_end()
        if self.pending() or not isinstance(found, database.Meta) or found.is_old:
            self._try_catch_up()

    def _look_away(self) -> None:
        """Lets go of the file that ``to_ask`` has open."""
        looking, self._looking = self._looking, None
        if looking is not None:
            looking.close()

    def _begin(self, found: database.Meta | str, create: bool) -> None:
        if isinstance(found, database.Meta):
            self._restore_journal()
        elif found == "damaged":
            raise ForeignFileError(f"{self.path} {database.NOT_OURS}")
        elif create:
            self._create()
        else:
            raise NoResultsError(
                f"no results at {self.path}: run `fitment sweep`, `fitment import` or `fitment model import`,"
                " or name another --db-path"
            )

    def _create(self) -> None:
        rebuild.make_folder(self._folder)
        with self._journal_lock():
            if not journal.exists(self._folder):
                journal.append(self._folder, "store", {"store_id": uuid.uuid4().hex})

    def _restore_journal(self) -> None:
        self._look_away()
        done = heal.Healing()
        try:
            rebuild.make_folder(self._folder)
            with (
                database.connect(self.path, read_only=True, wait_s=self._wait_s) as con,
                self._journal_lock(),
            ):
                heal.heal(self._folder, con, done)
        except (DatabasePathError, StoreFullError) as error:  # the database can still be read
            done.findings.append(f"{self._folder} is missing and can't be made again: {error}")
        if done.repairs:
            self._notice(f"{self._folder} was missing and was made again from the database")
        self.notices += done.findings

    def _journal_lock(self) -> AbstractContextManager[None]:
        return locks.hold(rebuild.journal_lock(self._folder), self._wait_s)

    def _check_end(self) -> None:
        """Cuts off a torn record where nobody is writing one; raises where the end is damaged or newer."""
        if not journal.exists(self._folder):
            return
        journal.last(self._folder)
        with (
            suppress(StoreBusyError, StoreFullError, DatabasePathError),
            locks.hold(rebuild.journal_lock(self._folder), 0),
        ):
            if journal.trim(self._folder):
                self.notices.append(
                    "a record cut off by an interruption was dropped; it was never acknowledged"
                )

    def append(
        self, kind: str, body: dict[str, Any], *, count: int = 0, payload: bytes | None = None
    ) -> Appended:
        """The event's number and the first of its ``count`` ids, once it is safe on the disk.

        ``payload`` is the content of the segment that ``body`` names. The database follows at once where
        nobody holds it, else later.
        """
        if self._in_doubt:
            raise StoreFullError(self._in_doubt)
        try:
            with self._journal_lock():
                if payload is not None:
                    segments.write(self._folder, payload)
                appended = journal.append(self._folder, kind, body, count)
        except journal.JournalInDoubtError as error:
            self._in_doubt = str(error)
            raise
        try:
            self._try_catch_up()
        except (StoreDamagedError, NewerStoreError) as error:  # acknowledged all the same
            self._notice(str(error))
        return appended

    def decide(self, compose: Callable[[duckdb.DuckDBPyConnection], Draft | None]) -> Appended | None:
        """Appends what ``compose`` makes of the store as it stands, with nobody writing in between.

        ``compose`` reads a database that holds every journalled event, and returns None, or raises, where
        nothing is to be kept. Raises ``StoreBusyError`` where the database can't be had, ``StoreFullError``;
        once the event is safe on the disk, nothing: where the database can't follow, a notice says so.
        """
        if self._in_doubt:
            raise StoreFullError(self._in_doubt)
        appended: Appended | None = None
        try:
            with self._writing(self._wait_s) as con, self._journal_lock():
                self._applied = catch_up(con, self._folder, self._applied)
                draft = compose(con)
                if draft is not None:
                    appended = journal.append(self._folder, draft.kind, draft.body, draft.count)
                    self._applied = catch_up(con, self._folder, self._applied)
        except journal.JournalInDoubtError as error:
            self._in_doubt = str(error)
            raise
        except (StoreFullError, DatabasePathError, StoreDamagedError, NewerStoreError) as error:
            if appended is None:
                raise
            cause = str(error).partition("; ")[0]
            self._notice(f"recorded, and applied by the next command that can: {cause}")
        return appended

    def events(self, after: Position = journal.START) -> Iterator[Event]:
        """The journal's events after a position."""
        return (record.event for record in journal.scan(self._folder, after))

    def pending(self) -> int:
        """The number of events that are journalled but not yet in the database.

        Before the database could first be looked at, all events count.
        """
        newest = journal.last(self._folder) if journal.exists(self._folder) else None
        return max(0, newest.after.seq - self._applied.seq) if newest else 0

    @contextmanager
    def reading(self, wait_s: float | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
        """A read-only connection to the database, as current as can be had.

        Raises ``StoreBusyError`` where another process holds it for longer than ``wait_s`` (default: as
        opened), ``StoreDamagedError``.
        """
        wait_s = self._wait_s if wait_s is None else wait_s
        if self.pending():
            self._try_catch_up(min(wait_s, 1.0))
        with self._read_only(wait_s) as con, database.translating(self.path):
            self._applied = database.identify(con, self.path).applied
            self._notice_state(con)
            if behind := self.pending():
                self._notice(f"{behind} newest event(s) are in the journal but not yet in the database")
            yield con

    def _read_only(self, wait_s: float) -> duckdb.DuckDBPyConnection:
        if self._looking is not None:
            looking, self._looking = self._looking, None
            return looking
        with suppress(database.DatabaseDamagedError):
            if self.path.exists():
                con = database.connect(self.path, read_only=True, wait_s=wait_s)
                if not database.identify(con, self.path).is_old:
                    return con
                con.close()
        with self._writing(wait_s):  # makes it again: missing, damaged, or of an older schema
            pass
        return database.connect(self.path, read_only=True, wait_s=wait_s)

    @contextmanager
    def current(self) -> Iterator[tuple[duckdb.DuckDBPyConnection | None, Iterator[Event]]]:
        """The database as it is now and the events that it doesn't hold; without waiting.

        While another process has the database: None and all events.
        """
        with ExitStack() as stack:
            try:
                con = stack.enter_context(self.reading(wait_s=0))
            except (StoreBusyError, StoreFullError, DatabasePathError):
                yield None, self.events()
            else:
                yield con, self.events(self._applied)

    @contextmanager
    def deriving(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A read-write connection, caught up and in one transaction, for the derived tables.

        Raises ``StoreBusyError`` where another process holds the database for longer than the store waits.
        """
        with self._writing(self._wait_s) as con:
            con.begin()
            yield con
            con.commit()

    def _try_catch_up(self, wait_s: float = 0.0) -> None:
        """Brings the database up to date where that can be done now; else it stays behind."""
        try:
            with self._writing(wait_s):
                pass
        except (StoreBusyError, StoreFullError, DatabasePathError) as error:
            if self.pending():
                self._notice(f"results are kept in the journal, the database follows later: {error}")

    @contextmanager
    def _writing(self, wait_s: float) -> Iterator[duckdb.DuckDBPyConnection]:
        self._look_away()
        with (
            locks.hold(rebuild.apply_lock(self._folder), wait_s),
            projection.opened(self.path, wait_s, self.notices) as con,
            database.translating(self.path),
        ):
            self._applied = database.identify(con, self.path).applied
            self._notice_state(con)
            yield con

    def _notice_state(self, con: duckdb.DuckDBPyConnection) -> None:
        count, first = con.execute("SELECT count(*), arg_min(error, seq) FROM unapplied").fetchall()[0]
        if count:
            self._notice(f"{count} event(s) could not be applied ({first}); run `fitment doctor`")

    def _notice(self, line: str) -> None:
        if line not in self.notices:
            self.notices.append(line)
