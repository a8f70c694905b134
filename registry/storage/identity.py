"""Whether a database and a journal belong together, and agree."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import ForeignFileError, StoreBusyError, StoreDamagedError
from . import database, journal
from .database import Meta

if TYPE_CHECKING:
    import duckdb


def store_id(folder: Path) -> str:
    """The id in the journal's first event."""
    for record in journal.scan(folder):
        return str(record.event.body["store_id"])
    raise StoreDamagedError(f"{journal.log_of(folder)} holds no event; run `fitment doctor`")


def same_store(meta: Meta, path: Path) -> None:
    """Raises ``ForeignFileError`` where the database belongs to another journal than the one beside it."""
    folder = journal.folder_of(path)
    if journal.exists(folder) and meta.store_id != store_id(folder):
        raise ForeignFileError(f"{path} and {folder} belong to different stores; put each beside its own")


def must_agree(meta: Meta, path: Path) -> None:
    """Raises ``StoreDamagedError`` where the journal has lost what the database has applied."""
    folder = journal.folder_of(path)
    if meta.applied == journal.START or not journal.exists(folder):
        return
    record = journal.last(folder, meta.applied.offset)
    if record is None or record.after != meta.applied:
        raise StoreDamagedError(f"{folder} does not hold what {path} was made from; run `fitment doctor`")


def probe(path: Path, wait_s: float) -> Meta | str:
    """The database's meta row, or "missing", "damaged" or "held"; never writes.

    Raises where the file is foreign, newer, another store's, or ahead of its journal; ``StoreBusyError``
    where it is held and there is no journal that says whose it is.
    """
    found, con = looked(path, wait_s)
    if con is not None:
        con.close()
    return found


def looked(path: Path, wait_s: float) -> tuple[Meta | str, duckdb.DuckDBPyConnection | None]:
    """As ``probe``, with the connection that looked; None where there is no database to be read."""
    if not path.exists():
        return "missing", None
    alone = not journal.exists(journal.folder_of(path))
    try:
        con = database.connect(path, read_only=True, wait_s=wait_s if alone else 0)
    except database.DatabaseDamagedError:
        return "damaged", None
    except StoreBusyError:
        if alone:
            raise
        return "held", None
    try:
        meta = database.identify(con, path)
        same_store(meta, path)
        must_agree(meta, path)
    except database.DatabaseDamagedError:
        con.close()
        return "damaged", None
    except BaseException:
        con.close()
        raise
    return meta, con
