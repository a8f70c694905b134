"""The newest ecosystem of a store, opened."""

from __future__ import annotations

from pathlib import Path

from ..errors import NoResultsError
from ..storage import database, journal, segments
from ..storage.store import Store
from . import array_folder
from .array_folder import Array
from .ecosystem import Ecosystem
from .kept_arrays import KeptArrays
from .newest import newest_build


def open_lineage(path: Path) -> Ecosystem:
    """The newest ecosystem that was built into the store at ``path``, its arrays memory-mapped.

    Arrays that are missing or damaged are made again from the file's rows in the journal, at once or when
    they are first asked for. Raises NoResultsError where there is none, StoreDamagedError, StoreBusyError.
    """
    no_lineage = NoResultsError(f"no lineage at {path}: run `fitment lineage build FILE`")
    where = database.checked(path)
    if not (where.exists() or journal.exists(journal.folder_of(where))):
        raise no_lineage
    store = Store.to_ask(path)
    with store.reading() as con:
        newest = newest_build(con)
    if newest is None:
        raise no_lineage
    arrays = KeptArrays(
        array_folder.folder_beside(store.path),
        array_folder.key_of(newest.segment),
        lambda: made_of(journal.folder_of(store.path), newest.segment),
    )
    return Ecosystem(
        arrays,
        sha256=newest.sha256,
        file=newest.file,
        rows=newest.models + newest.rejected,
        recorded_at=newest.recorded_at,
        notices=(*store.notices, *arrays.notices),
    )


def made_of(folder: Path, segment: str) -> dict[str, Array]:
    """The arrays, made of the rows that lie in a segment. Raises StoreDamagedError."""
    from . import facts  # what is mapped needs no Arrow
    from .built import built
    from .sound_rows import read_again

    return built(read_again(*facts.decoded(segments.read(folder, segment))))
