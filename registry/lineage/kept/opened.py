"""The newest ecosystem of a store, opened."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ...errors import NoResultsError, StoreDamagedError
from ...storage import journal, location, segments
from ..ecosystem import Ecosystem
from . import array_folder
from .array_folder import Array
from .kept_arrays import KeptArrays
from .newest import NewestBuild, newest_build, newest_in_journal


@dataclass(frozen=True, slots=True)
class Opened:
    """The newest build of a store, and its arrays."""

    newest: NewestBuild
    arrays: KeptArrays
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """Arrays that were just made of a segment."""

    segment: str
    arrays: Mapping[str, Array]


def open_lineage(path: Path, made: Made | None = None) -> Ecosystem:
    """The newest ecosystem that was built into the store at ``path``, its arrays memory-mapped.

    Arrays that are missing or damaged are made again from the file's rows in the journal, at once or when
    they are first asked for; those ``made`` for it are taken as they are, and not read again. Raises
    NoResultsError where there is none, StoreDamagedError, StoreBusyError.
    """
    found = opened(path)
    newest = found.newest
    return Ecosystem(
        made.arrays if made is not None and made.segment == newest.segment else found.arrays,
        sha256=newest.sha256,
        file=newest.file,
        rows=newest.models + newest.rejected,
        recorded_at=newest.recorded_at,
        notices=found.notices,
    )


def opened(path: Path) -> Opened:
    """The newest build and its arrays; raises as ``open_lineage``."""
    where = location.checked(path)
    folder = journal.folder_of(where)
    newest, notices = _newest(where, folder)
    if newest is None:
        raise NoResultsError(f"no lineage at {path}: run `fitment lineage build FILE`")
    segment = newest.segment
    kept = array_folder.folder_beside(where), array_folder.key_of(segment)
    arrays = KeptArrays(*kept, lambda: made_of(folder, segment))
    return Opened(newest, arrays, (*notices, *arrays.notices))


def _newest(path: Path, folder: Path) -> tuple[NewestBuild | None, tuple[str, ...]]:
    """The newest build, and what the store has to tell.

    The journal says so in much less time than a database takes to be loaded; that is asked where there is no
    sound journal.
    """
    with suppress(StoreDamagedError):
        if journal.exists(folder):
            return newest_in_journal(folder), ()
    if not (path.exists() or journal.exists(folder)):
        return None, ()
    from ...storage.store import Store

    store = Store.to_ask(path)
    with store.reading() as con:
        return newest_build(con), tuple(store.notices)


def made_of(folder: Path, segment: str) -> dict[str, Array]:
    """The arrays, made of the rows that lie in a segment. Raises StoreDamagedError."""
    from ..reading import facts  # what is mapped needs no Arrow
    from ..reading.row_arrays import row_arrays
    from ..reading.sound_rows import read_again

    return row_arrays(read_again(*facts.decoded(segments.read(folder, segment))))
