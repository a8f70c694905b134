"""The DuckDB file: opened safely, recognised as ours or not, created from schema.sql."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb

from ..errors import (
    DatabasePathError,
    FitmentError,
    ForeignFileError,
    NewerStoreError,
    StoreDamagedError,
)
from .files import full
from .journal import START, Position
from .location import checked as checked
from .locks import busy

SCHEMA_VERSION = 9
DERIVED = frozenset({"estimates", "noise", "hardware_model_compatibility", "task_recommendations"})
# Names and texts of users end up in queries: nothing there may reach a file or the network.
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
_POLL_S = 0.05
NOT_OURS = "is not a fitment store; use another --db-path, or `fitment import`"
_DAMAGE = (
    "not a valid DuckDB database",
    "external extensions",  # what a SQLite or other file would need
    "in-memory database",  # what DuckDB makes of a .csv or .parquet
    "orrupt",
    "Could not read enough bytes",
    "replaying WAL",
    "checksum",
    "Serialization",
)


class DatabaseDamagedError(StoreDamagedError):
    """A database file that DuckDB can't read; where the journal is beside it, it is made again."""


@dataclass(frozen=True, slots=True)
class Meta:
    """The database's own record of what it is and how far it has followed the journal."""

    schema_version: int
    store_id: str
    applied: Position

    @property
    def is_old(self) -> bool:
        """Whether the tables are those of an earlier schema, and have to be made again."""
        return self.schema_version < SCHEMA_VERSION


def connect(path: Path, *, read_only: bool, wait_s: float = 0.0) -> duckdb.DuckDBPyConnection:
    """A connection to ``path``, which has to be there, waiting ``wait_s`` for others to let go.

    Raises ``StoreBusyError``, ``DatabaseDamagedError``, ``NewerStoreError``, ``DatabasePathError``,
    ``StoreFullError``.
    """
    deadline = time.monotonic() + wait_s
    while True:
        try:
            return duckdb.connect(str(path), read_only=read_only, config=_CONFIG)
        except duckdb.Error as error:
            if not _is_held(error):
                raise translated(error, path) from error
            if time.monotonic() >= deadline:
                raise busy(path, _holder(error), wait_s) from error
        time.sleep(_POLL_S)


@contextmanager
def reader(path: Path, wait_s: float) -> Iterator[duckdb.DuckDBPyConnection | None]:
    """A read-only connection to a database of ours; None where it is missing or damaged.

    Raises ``ForeignFileError`` or ``NewerStoreError``.
    """
    with ExitStack() as stack:
        con = None
        with suppress(DatabaseDamagedError):
            if path.exists():
                opened = stack.enter_context(connect(path, read_only=True, wait_s=wait_s))
                identify(opened, path)
                con = opened
        yield con


def _is_held(error: duckdb.Error) -> bool:
    text = str(error)
    return "Could not set lock" in text or "different configuration" in text


def _holder(error: duckdb.Error) -> int | None:
    if "different configuration" in str(error):
        return os.getpid()
    found = re.search(r"PID (\d+)", str(error))
    return int(found[1]) if found else None


def translated(error: duckdb.Error, path: Path) -> FitmentError:
    """The user's error for one of DuckDB's."""
    text = " ".join(str(error).split("\n\n")[0].split())
    if "storage version number" in text:
        return NewerStoreError(
            f"{path}: {text}; this is DuckDB {duckdb.__version__}: use the one that wrote it"
        )
    if any(
        sign in text
        for sign in ("No space left", "quota", "Input/output error", "Read-only file", "File too large")
    ):
        return full(text, read_only="Read-only file" in text)
    damage = isinstance(error, duckdb.InternalException | duckdb.FatalException)
    if damage or any(sign in text for sign in _DAMAGE):
        return DatabaseDamagedError(f"{path} is damaged ({text[:120]}); run `fitment doctor`")
    return DatabasePathError(f"can't use {path}: {text}")


@contextmanager
def translating(path: Path) -> Iterator[None]:
    """Turns what befalls the file in the body into the user's error; a wrong query stays DuckDB's."""
    try:
        yield
    except (duckdb.ProgrammingError, duckdb.DataError, duckdb.IntegrityError):
        raise
    except duckdb.Error as error:
        raise translated(error, path) from error


def identify(con: duckdb.DuckDBPyConnection, path: Path) -> Meta:
    """The database's meta row; never writes.

    Raises ``ForeignFileError``, ``NewerStoreError``, ``DatabaseDamagedError``.
    """
    try:
        cursor = con.execute("SELECT * FROM meta LIMIT 2")
        names = [column[0] for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    except (duckdb.CatalogException, duckdb.BinderException, duckdb.PermissionException) as error:
        raise ForeignFileError(f"{path} {NOT_OURS}") from error
    except duckdb.Error as error:
        raise translated(error, path) from error
    if len(rows) != 1 or rows[0].get("format") != "fitment":
        raise ForeignFileError(f"{path} {NOT_OURS}")
    row = rows[0]
    if row["schema_version"] > SCHEMA_VERSION:
        newer = f"has schema {row['schema_version']}, this fitment knows {SCHEMA_VERSION}"
        raise NewerStoreError(f"{path} {newer}: use a newer fitment")
    applied = Position(row["applied_seq"], row["applied_offset"], row["applied_crc"])
    return Meta(row["schema_version"], row["store_id"], applied)


def create(path: Path, store_id: str) -> duckdb.DuckDBPyConnection:
    """A connection to a new, empty projection at ``path``, where nothing is yet."""
    con = duckdb.connect(str(path), config=_CONFIG)
    con.begin()
    con.execute(Path(__file__).with_name("schema.sql").read_text())
    con.execute(
        "INSERT INTO meta VALUES ('fitment', ?, ?, ?, ?, ?)",
        [SCHEMA_VERSION, store_id, START.seq, START.offset, START.crc],
    )
    con.commit()
    return con


def tables(con: duckdb.DuckDBPyConnection) -> list[str]:
    """The names of all tables, sorted."""
    found = con.execute("SELECT table_name FROM duckdb_tables() WHERE NOT temporary ORDER BY table_name")
    return [name for (name,) in found.fetchall()]


def contents(con: duckdb.DuckDBPyConnection, table: str) -> tuple[int, int | None]:
    """The number of rows of ``table`` and a hash of them that doesn't depend on their order."""
    row = con.execute(f'SELECT count(*), sum(hash(t)) FROM "{table}" t').fetchone()  # noqa: S608 - from tables()
    return (row[0], row[1]) if row else (0, None)
