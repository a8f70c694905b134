"""A file of models and their parents into the store, as the newest ecosystem."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...catalogue.actor import actor
from ...storage import journal, segments
from ...storage.store import Draft, Store
from ..ecosystem import Ecosystem
from ..reading import facts
from ..reading.columns import Rows
from ..reading.read_models import read_models
from ..reading.row_arrays import row_arrays
from ..reading.sound_rows import SoundRows, sorted_out
from . import array_folder
from .kept_arrays import kept
from .newest import newest_build, newest_in_journal
from .opened import Made, open_lineage

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Build:
    """What became of a file."""

    ecosystem: Ecosystem
    new: bool  # False: the newest ecosystem is that of this file already, nothing was stored


def build_lineage(store: Store, path: Path) -> Build:
    """What became of the CSV or Parquet file ``path``: one event, or none where its content is the newest.

    A row that can't be taken goes to quarantine with its reason, a parent that no row has is skipped; both
    are kept and counted. Raises ImportFileError where the file as a whole is none, StoreBusyError,
    StoreFullError.
    """
    return store_lineage(store, path.name, *read_models(path))


def store_lineage(store: Store, file: str, rows: Rows, sha256: str) -> Build:
    """As ``build_lineage``, of rows that were read already. Raises StoreBusyError, StoreFullError."""
    before = newest_in_journal(journal.folder_of(store.path))
    if before is not None and before.sha256 == sha256:  # asked again once nobody else can build
        return Build(open_lineage(store.path), new=False)
    found = sorted_out(rows)
    segment = _appended(store, found, file, sha256)
    if segment is None:
        return Build(open_lineage(store.path), new=False)
    arrays = row_arrays(found)
    for array in arrays.values():
        array.flags.writeable = False
    kept(array_folder.folder_beside(store.path), array_folder.key_of(segment), arrays)
    return Build(open_lineage(store.path, Made(segment, arrays)), new=True)


def _appended(store: Store, found: SoundRows, file: str, sha256: str) -> str | None:
    """The segment of the rows, durable and named by an event; None where the newest is of this file."""
    content = facts.encoded(found.rows, found.reasons)
    rejected = len(found.reasons)
    body: dict[str, Any] = {"actor": actor(), "file": file, "file_sha256": sha256, "segment": None}
    body |= {"models": len(found.rows) - rejected, "rejected": rejected}

    def compose(con: duckdb.DuckDBPyConnection) -> Draft | None:
        newest = newest_build(con)
        if newest is not None and newest.sha256 == sha256:
            return None
        folder = journal.folder_of(store.path)
        body["segment"] = segments.write(folder, content)  # durable before the event that names it
        return Draft("lineage_built", body)

    return body["segment"] if store.decide(compose) is not None else None
