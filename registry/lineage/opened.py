"""The newest ecosystem of a store, opened."""

from __future__ import annotations

from pathlib import Path

from ..errors import NoResultsError
from ..storage import database
from ..storage.store import Store
from . import array_folder
from .ecosystem import Ecosystem


def open_lineage(path: Path) -> Ecosystem:
    """The newest ecosystem that was built into the store at ``path``, its arrays memory-mapped.

    Raises NoResultsError where none was.
    """
    no_lineage = NoResultsError(f"no lineage at {path}: run `fitment lineage build FILE`")
    if not database.checked(path).exists():
        raise no_lineage
    store = Store.to_ask(path)
    with store.reading() as con:
        rows = con.execute(
            "SELECT file, file_sha256, segment FROM lineage_builds ORDER BY seq DESC LIMIT 1"
        ).fetchall()
    if not rows:
        raise no_lineage
    file, sha256, segment = rows[0]
    arrays = array_folder.read(array_folder.folder_beside(store.path), array_folder.key_of(segment))
    return Ecosystem(arrays, sha256=sha256, file=file)
