"""One stored result with everything that is known of where it was measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import duckdb

from ..errors import NoResultsError
from ..records import Environment

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class StoredResult:
    """A row of ``performance_results`` with the facts beside it; empty mappings where there are none.

    ``environment`` holds the fields of an Environment, ``calibration`` the newest one of that environment,
    ``sweep`` the sweep that made the result.
    """

    id: int
    row: Row
    environment: Row
    calibration: Row
    sweep: Row


def stored_result(con: duckdb.DuckDBPyConnection, result_id: int) -> StoredResult:
    """The result of that id. Raises NoResultsError that says which ids there are."""
    row = _one(con, "SELECT * FROM performance_results WHERE id = $1", result_id)
    if not row:
        raise NoResultsError(f"no result {result_id}: {_there(con)}")
    environment = _one(con, "SELECT * FROM environments WHERE env_id = $1", row["env_id"])
    newest = "SELECT * FROM calibrations WHERE env_id = $1 ORDER BY seq DESC LIMIT 1"
    return StoredResult(
        id=result_id,
        row=row,
        environment={f.name: environment.get(f.name) for f in fields(Environment)} if environment else {},
        calibration=_one(con, newest, row["env_id"]),
        sweep=_one(con, "SELECT * FROM sweeps WHERE sweep_id = $1", row["sweep_id"]),
    )


def _one(con: duckdb.DuckDBPyConnection, query: str, key: object) -> dict[str, Any]:
    cursor = con.execute(query, [key])
    names = [column[0] for column in cursor.description or ()]
    found = cursor.fetchall()
    return dict(zip(names, found[0], strict=True)) if found else {}


def _there(con: duckdb.DuckDBPyConnection) -> str:
    low, high, count = con.execute("SELECT min(id), max(id), count(*) FROM performance_results").fetchall()[0]
    if not count:
        return "nothing is stored yet; `fitment sweep FILE` measures"
    return f"the store holds {count:,} with ids from {low} to {high}"
