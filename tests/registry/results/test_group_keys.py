"""Groups of a table as dense numbers, in any mixture of keys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb
import numpy as np
import pytest
from fitment.registry.errors import QuestionError
from fitment.registry.results import group_keys as module
from fitment.registry.results.group_keys import GroupKeys, group_keys, quoted

# i in 0 … 999; every key column has few values, in no order.
TABLE = """
CREATE TABLE t AS
SELECT (i * 7 % 12 - 6)::TINYINT AS small, i * 5 % 9 * 1_000_000_000_000_000 AS wide,
       (i % 3)::UBIGINT + 18_000_000_000_000_000_000 AS huge, 'it''s "' || i * 11 % 10 AS text,
       (i % 2 = 0) AS flag, DATE '2026-01-01' + (i * 3 % 5)::INTEGER AS day
FROM range(1000) r(i)
"""
TYPES = {
    "small": "tinyint",
    "wide": "bigint",
    "huge": "ubigint",
    "text": "varchar",
    "flag": "boolean",
    "day": "date",
}


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        con.execute(TABLE)
        yield con


def chosen(*names: str) -> dict[str, str]:
    return {name: TYPES[name] for name in names}


def numbers(con: Any, groups: GroupKeys, where: str = "true") -> np.ndarray:
    return con.execute(f"SELECT {groups.id} AS id FROM t WHERE {where}").fetchnumpy()["id"]


KEYS = [
    ("small",),
    ("wide",),
    ("text",),
    ("small", "text"),
    ("text", "small", "wide"),
    ("flag", "day", "huge"),
]


@pytest.mark.parametrize("dense", [0, module.DENSE], ids=["listed", "grid"])
@pytest.mark.parametrize("names", KEYS, ids="-".join)
def test_each_row_has_the_keys_of_its_group(con: Any, monkeypatch: Any, names: Any, dense: int) -> None:
    """The keys that a number stands for are those of the rows that have it, for any mixture of types."""
    monkeypatch.setattr(module, "DENSE", dense)
    groups = group_keys(con, "t", chosen(*names))
    ids = numbers(con, groups)
    assert ids.dtype == np.int32
    assert 0 <= ids.min() <= ids.max() < groups.n_groups
    found = groups.of(ids)
    for name in names:
        kept = quoted(name) if name in ("small", "wide") else f"{quoted(name)}::VARCHAR"
        expected = con.execute(f"SELECT {kept} AS k FROM t").fetchnumpy()["k"]
        assert found[name].tolist() == expected.tolist()


@pytest.mark.parametrize("dense", [0, module.DENSE], ids=["listed", "grid"])
@pytest.mark.parametrize("names", KEYS, ids="-".join)
def test_groups_are_in_the_order_of_sql(con: Any, monkeypatch: Any, names: Any, dense: int) -> None:
    """By the first key first, numbers as numbers also where they are far apart."""
    monkeypatch.setattr(module, "DENSE", dense)
    groups = group_keys(con, "t", chosen(*names))
    order = ", ".join(names)
    rows = con.execute(f"SELECT {groups.id} AS id FROM t ORDER BY {order}").fetchnumpy()["id"]
    assert (np.diff(rows) >= 0).all()
    assert groups.n_rows == 1000


def test_only_combinations_that_occur_have_a_number_where_there_are_many(con: Any, monkeypatch: Any) -> None:
    """A grid of all levels is left for a list of what there is."""
    names = chosen("small", "wide")
    con.begin()
    grid = group_keys(con, "t", names)
    assert (grid.n_groups, grid.cells) == (12 * 9, None)
    con.rollback()
    monkeypatch.setattr(module, "DENSE", 50)
    listed = group_keys(con, "t", names)
    assert listed.n_groups == 36  # what i % 12 and i % 9 leave
    assert np.unique(numbers(con, listed)).size == 12 * 3


@pytest.mark.parametrize("dense", [0, module.DENSE], ids=["listed", "grid"])
@pytest.mark.parametrize("names", KEYS, ids="-".join)
def test_ranges_hold_the_rows_of_their_groups(con: Any, monkeypatch: Any, names: Any, dense: int) -> None:
    """Limits included, wherever they are cut."""
    monkeypatch.setattr(module, "DENSE", dense)
    groups = group_keys(con, "t", chosen(*names))
    ids = np.sort(numbers(con, groups))
    for first, last in ((0, groups.n_groups - 1), (1, 4), (3, 3), (groups.n_groups - 2, groups.n_groups - 1)):
        inside = np.sort(numbers(con, groups, groups.between(first, last)))
        assert inside.tolist() == ids[(ids >= first) & (ids <= last)].tolist()


def test_blocks_without_a_row_of_the_range_are_passed_over(con: Any) -> None:
    """The first key, where it is a number, is compared as the table holds it."""
    con.begin()
    groups = group_keys(con, "t", chosen("small", "flag"))
    assert groups.between(10, 23).endswith(' AND "small" BETWEEN -1 AND 5')
    con.rollback()
    assert '"text" BETWEEN' not in group_keys(con, "t", chosen("text")).between(1, 2)


def test_more_combinations_than_numbers_are_refused(con: Any, monkeypatch: Any) -> None:
    """Rather than two groups taken for one."""
    monkeypatch.setattr(module, "_MOST", 100)
    with pytest.raises(QuestionError, match="small, wide have 108 combinations: group by fewer columns"):
        group_keys(con, "t", chosen("small", "wide"))


def test_a_row_without_a_key_is_refused(con: Any) -> None:
    """It would belong to no group."""
    con.execute("UPDATE t SET text = NULL WHERE small = 0")
    with pytest.raises(QuestionError, match=r'^83 row\(s\) have no "text": leave them out by WHERE "text"'):
        group_keys(con, "t", chosen("small", "text"))


def test_names_are_quoted() -> None:
    """A quotation mark in a name does not end it."""
    assert quoted('a "b"; DROP TABLE t') == '"a ""b""; DROP TABLE t"'
