"""Rows on their way into the tables."""

from __future__ import annotations

from datetime import datetime

import duckdb
from fitment.registry.storage.rows import as_table, insert, insert_new, utc


def test_a_time_with_an_offset_becomes_utc() -> None:
    """An hour east of Greenwich is an hour earlier; a naive time is UTC already."""
    assert utc("2026-01-02T03:04:05+01:00") == datetime(2026, 1, 2, 2, 4, 5)
    assert utc("2026-01-02T03:04:05") == datetime(2026, 1, 2, 3, 4, 5)


def test_rows_may_have_different_columns() -> None:
    """What a row doesn't have is NULL there."""
    assert as_table([{"a": 1}, {"b": "x"}]).to_pylist() == [{"a": 1, "b": None}, {"a": None, "b": "x"}]


def test_only_the_first_row_of_a_new_key_is_added() -> None:
    """Keys that are there keep their row; columns go by their names, whatever their order."""
    with duckdb.connect() as con:
        con.execute("CREATE TABLE t (k VARCHAR, v BIGINT)")
        insert(con, "t", as_table([{"v": 1, "k": "a"}]))
        insert_new(con, "t", "k", [{"k": key, "v": v} for key, v in (("a", 2), ("b", 3), ("b", 4), ("c", 5))])
        assert con.execute("FROM t").fetchall() == [("a", 1), ("b", 3), ("c", 5)]
