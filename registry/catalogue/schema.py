"""The store with its tables, made where it is missing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..storage import database
from ..storage.store import Store


@dataclass(frozen=True, slots=True)
class Schema:
    """A store that is there."""

    path: Path
    created: bool
    version: int
    tables: tuple[str, ...]
    results: int


def create_schema(path: Path) -> Schema:
    """The store at ``path`` with all its tables; one that is there already stays as it is.

    Raises ForeignFileError for another program's file, which is not touched, and as ``Store.open``.
    """
    existed = database.checked(path).exists()
    store = Store.open(path, create=True)
    with store.reading() as con:
        names = tuple(database.tables(con))
        results = con.execute("SELECT count(*) FROM performance_results").fetchall()[0][0]
    return Schema(store.path, not existed, database.SCHEMA_VERSION, names, results)
