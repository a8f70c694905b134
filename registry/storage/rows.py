"""Rows on their way into the projection's tables."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import duckdb

if TYPE_CHECKING:
    import pyarrow as pa

Row = dict[str, Any]


def utc(text: str) -> datetime:
    """An ISO 8601 time as a naive UTC one; DuckDB's own cast would drop the offset."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo is None else moment.astimezone(UTC).replace(tzinfo=None)


def as_table(rows: list[Row]) -> pa.Table:
    """The rows as a table of all columns that any of them has."""
    import pyarrow as pa  # where it is needed: a question to the store needs none

    columns = dict.fromkeys(key for row in rows for key in row)
    return pa.table({key: [row.get(key) for row in rows] for key in columns})


def insert(con: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    """Adds ``rows`` to ``table``, by the columns' names."""
    con.register("incoming", rows)
    con.execute(f'INSERT INTO "{table}" BY NAME SELECT * FROM incoming')  # noqa: S608 - our own names
    con.unregister("incoming")  # not after an error: an aborted transaction refuses it


def insert_new(con: duckdb.DuckDBPyConnection, table: str, key: str, rows: list[Row]) -> None:
    """Adds the first row of each key that the table doesn't hold yet."""
    known = {value for (value,) in con.execute(f"SELECT {key} FROM {table}").fetchall()}  # noqa: S608 - our own names
    fresh = {row[key]: row for row in reversed(rows) if row[key] not in known}
    if fresh:
        insert(con, table, as_table(list(reversed(fresh.values()))))
