"""Recorded models in a table as the store's schema has it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import fitment.registry.storage

SCHEMA = (Path(next(iter(fitment.registry.storage.__path__))) / "schema.sql").read_text(encoding="utf-8")
EMPTY: dict[str, Any] = {
    "version": "",
    "restrictions": [],
    "claims": [],
    "tags": [],
    "training_data": [],
    "base_models": [],
    "urls": {},
    "metrics": {},
    "measured_as": [],
    "source": "test",
}


def empty_table() -> duckdb.DuckDBPyConnection:
    """A connection with an empty table ``model_records``."""
    made = re.search(r"CREATE TABLE model_records.*?\n\);", SCHEMA, re.DOTALL)
    assert made is not None
    con = duckdb.connect()
    con.execute(made[0].replace("NOT NULL", ""))  # what is derived is left out
    return con


def insert(con: duckdb.DuckDBPyConnection, model_id: str, **facts: Any) -> None:
    """Puts a record into the table."""
    row = EMPTY | {"model_id": model_id, "seq": 1} | facts
    names, values = ", ".join(row), ", ".join("?" for _ in row)
    con.execute(f"INSERT INTO model_records ({names}) VALUES ({values})", list(row.values()))


def insert_five(con: duckdb.DuckDBPyConnection) -> None:
    """Two organisations with three and one models, and one model of which nothing is known."""
    insert(
        con, "a/one", version="1", organisation="A", licence="mit", parameters=10**9,
        released_on=date(2022, 1, 5),
    )  # fmt: skip
    insert(
        con, "a/one", version="2", organisation="A", licence="apache-2.0", parameters=2 * 10**9,
        size_bytes=4 * 10**9, architecture="x", task="text-generation", tags=["Chat"], downloads=90,
        released_on=date(2023, 3, 1), metrics={"mmlu": 0.4, "only": 0.5}, seq=2,
    )  # fmt: skip
    insert(
        con, "a/two", organisation="A", licence="llama2", parameters=7 * 10**9, size_bytes=14 * 10**9,
        downloads=8, architecture="x", task="text-generation", released_on=date(2023, 3, 9),
        metrics={"mmlu": 0.6},
    )  # fmt: skip
    insert(con, "a/three", organisation="A", licence="cc-by-nc-4.0", task="chat", parameters=3 * 10**8)
    insert(
        con, "b/four", organisation="B", licence="apache-2.0", parameters=2 * 10**11, downloads=2,
        tags=["chat"], released_on=date(2023, 12, 31), metrics={"mmlu": float("nan")},
        restrictions=["non-commercial"],
    )  # fmt: skip
    insert(con, "five")
