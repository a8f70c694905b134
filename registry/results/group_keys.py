"""The groups of a table as dense numbers that DuckDB computes, and the keys that each stands for."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from ..errors import QuestionError

DENSE = 2**20  # combinations of keys up to which those that don't occur may have a number, too
_MOST = 2**62  # combinations that BIGINT tells apart
_INTEGERS = {"tinyint", "smallint", "integer", "bigint", "utinyint", "usmallint", "uinteger"}
_TEXTS = {"varchar", "enum", "boolean", "uuid", "date", "timestamp", "ubigint", "hugeint"}


@dataclass(frozen=True, slots=True)
class GroupKeys:
    """Groups 0 … n_groups − 1, numbered in the order of their keys, the first key first."""

    id: str  # SQL, INTEGER, never NULL: the group of a row
    n_groups: int  # some of them may have no row
    n_rows: int
    levels: Mapping[str, NDArray[Any]]  # of each key: its values in order, integers or text
    cells: (
        NDArray[np.int64] | None
    )  # of each group: its cell in the grid of all levels; None: each cell is one

    def of(self, groups: NDArray[np.int64]) -> dict[str, NDArray[Any]]:
        """The keys of those groups, a column for each key."""
        if not groups.size:
            return {name: levels[:0] for name, levels in self.levels.items()}
        cells = groups if self.cells is None else self.cells[groups]
        positions = np.unravel_index(cells, [levels.size for levels in self.levels.values()])
        pairs = zip(self.levels.items(), positions, strict=True)
        return {name: levels[position] for (name, levels), position in pairs}

    def between(self, first: int, last: int) -> str:
        """SQL for the rows of those groups, limits included; passes over blocks without one where it can."""
        name, levels = next(iter(self.levels.items()))
        ends = self.of(np.array([first, last]))[name]
        prune = "" if levels.dtype == object else f" AND {quoted(name)} BETWEEN {ends[0]} AND {ends[1]}"
        return f"{self.id} BETWEEN {first} AND {last}{prune}"


def group_keys(con: duckdb.DuckDBPyConnection, source: str, types: Mapping[str, str]) -> GroupKeys:
    """The groups of the rows of ``source`` by the columns ``types``, which names each one's DuckDB type.

    Makes types in the transaction at hand, of which the numbers are good until it is rolled back.
    Raises QuestionError for keys that are neither integers nor text, or NULL in some row.
    """
    for name, kind in types.items():
        if kind not in _INTEGERS | _TEXTS:
            raise QuestionError(f'can\'t group by "{name}", which is {kind}: cast it to INTEGER or VARCHAR')
    enumerate_ = _Enumerator(con, source)
    n_rows, *limits = con.execute(_limits(source, types)).fetchall()[0]
    levels: dict[str, NDArray[Any]] = {}
    cell = "0::BIGINT"
    for i, (name, kind) in enumerate(types.items()):
        known, low, high = limits[3 * i : 3 * i + 3]
        _check_known(name, n_rows - known)
        if kind in _INTEGERS and n_rows and high - low < DENSE:
            own, levels[name] = f"({quoted(name)}::BIGINT - ({low}))", np.arange(low, high + 1)
        else:
            own, texts = enumerate_(quoted(name))
            levels[name] = texts.astype(np.int64) if kind in _INTEGERS else texts
        cell = f"({cell}) * {levels[name].size} + {own}" if i else own
    grid = math.prod(column.size for column in levels.values())
    if grid > _MOST:
        raise QuestionError(f"{', '.join(types)} have {grid} combinations: group by fewer columns")
    if grid <= DENSE:
        return GroupKeys(f"({cell})::INTEGER", grid, n_rows, levels, None)
    number, texts = enumerate_(cell)
    return GroupKeys(f"({number})::INTEGER", texts.size, n_rows, levels, texts.astype(np.int64))


def quoted(name: str) -> str:
    """``name`` as SQL's identifier."""
    return '"' + name.replace('"', '""') + '"'


def _limits(source: str, names: Mapping[str, str]) -> str:
    facts = ", ".join(f"count({c}), min({c}), max({c})" for c in map(quoted, names))
    return f"SELECT count(*), {facts} FROM {source}"  # noqa: S608 - the caller's own SQL


def _check_known(name: str, missing: int) -> None:
    if missing:
        raise QuestionError(
            f'{missing:,} row(s) have no "{name}": leave them out by WHERE "{name}" IS NOT NULL'
        )


class _Enumerator:
    """Numbers the values of an expression, by a type that DuckDB looks them up in."""

    def __init__(self, con: duckdb.DuckDBPyConnection, source: str) -> None:
        self._con, self._source, self._made = con, source, 0

    def __call__(self, expression: str) -> tuple[str, NDArray[Any]]:
        """SQL for the place of ``expression`` among its values in their order, and their texts."""
        name = f"fitment_levels_{self._made}"
        self._made += 1
        distinct = f"SELECT DISTINCT {expression} AS level FROM {self._source}"  # noqa: S608 - as above
        ordered = f"SELECT level::VARCHAR FROM ({distinct}) ORDER BY level"  # noqa: S608
        self._con.execute(f"CREATE TEMP TYPE {name} AS ENUM ({ordered})")
        found = self._con.execute(f"SELECT unnest(enum_range(NULL::{name})) AS text").fetchnumpy()
        return f"enum_code(({expression})::VARCHAR::{name})::BIGINT", np.asarray(found["text"], dtype=object)
