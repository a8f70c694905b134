"""Statistics of groups of rows in any DuckDB table or query, also where the rows don't fit into memory.

Rows come as Arrow batches, in the order of the table whatever DuckDB's threads are. What DuckDB itself
holds of its file counts against its own ``memory_limit``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from typing import Any, Generic, TypeVar

import duckdb
import numpy as np
from numpy.typing import NDArray

from ...kernels.group_statistics import GroupStatistics, group_statistics
from ...kernels.moments import Moments
from ...kernels.streaming import MomentStream
from ..errors import QuestionError, UnknownNameError
from .group_keys import GroupKeys, group_keys, quoted

Statistics = TypeVar("Statistics", Moments, GroupStatistics)

GIB = 2**30
_BATCH_ROWS = 2**17
_NUMBERS = {"tinyint", "smallint", "integer", "bigint", "hugeint", "float", "double", "decimal"}
_NUMBERS |= {"utinyint", "usmallint", "uinteger", "ubigint"}
# What ``group_statistics`` takes of a row at its most, which is where all rows are one group: four numbers to
# bring rows together, four and a DOUBLE to select from; beside it the group and the status.
_NUMBERS_A_ROW, _BYTES_A_ROW = 8, 13


@dataclass(frozen=True, slots=True)
class TableStatistics(Generic[Statistics]):
    """The statistics of the groups that a table has, in the order of their keys."""

    keys: Mapping[str, NDArray[Any]]  # of each group, by the name of the column: [g], integers or text
    metrics: tuple[str, ...]
    statistics: Statistics  # each [metrics, groups]


def large_moments(
    con: duckdb.DuckDBPyConnection,
    source: str,
    keys: Sequence[str],
    metrics: Sequence[str],
    *,
    status: str | None = None,
) -> TableStatistics[Moments]:
    """Count, mean and variance of each metric in each group, in memory that the number of rows doesn't move.

    ``source`` is SQL that may follow FROM, a table's name or (SELECT …), over what is committed: it is read
    by a connection beside ``con``. ``keys`` are columns of integers or text, ``metrics`` columns of numbers,
    where NULL, NaN and ±∞ are not measured. Rows whose ``status`` is neither 0 nor 'ok' are left out, but
    name their group. The bits don't depend on DuckDB's threads.

    Raises UnknownNameError for columns that aren't there, QuestionError for what has no meaning.
    """
    with _opened(con, source, keys, metrics, status) as table:
        stream = MomentStream(table.groups.n_groups, len(table.metrics), table.dtype)
        seen = np.zeros(table.groups.n_groups, np.bool_)
        for batch in table.batches():
            stream.add(batch.ids, batch.values, status=batch.status)
            seen[batch.ids] = True
        return table.summary([(0, seen, stream.result())])


def large_statistics(
    con: duckdb.DuckDBPyConnection,
    source: str,
    keys: Sequence[str],
    metrics: Sequence[str],
    *,
    status: str | None = None,
    mad: bool = True,
    p99: bool = True,
    memory_bytes: int = GIB,
    threads: int = 1,
) -> TableStatistics[GroupStatistics]:
    """As ``large_moments``, with the exact median, MAD, p95 and p99, in about ``memory_bytes``.

    Where the rows don't fit, groups are read in ranges that do, each by a query of its own. ``mad`` = False
    and ``p99`` = False leave those NaN, as in ``group_statistics``. ``threads`` are the kernel's; DuckDB has
    its own setting.

    Raises as ``large_moments``, and QuestionError where one group alone doesn't fit.
    """
    with _opened(con, source, keys, metrics, status) as table:
        parts = []
        for first, end, n_rows in table.ranges(memory_bytes):
            rows = table.rows(first, end, n_rows)
            found = group_statistics(
                rows.ids, rows.values, end - first, status=rows.status, mad=mad, p99=p99, threads=threads
            )
            seen = np.zeros(end - first, np.bool_)
            seen[rows.ids] = True
            parts.append((first, seen, found))
        return table.summary(parts)


@dataclass(frozen=True, slots=True)
class _Rows:
    ids: NDArray[np.int32]
    values: NDArray[Any] | list[NDArray[Any]]  # [c, n]
    status: NDArray[np.int8] | None


@dataclass(frozen=True, slots=True)
class _Table:
    """A question about a table, checked and good until its transaction ends."""

    con: duckdb.DuckDBPyConnection
    source: str
    groups: GroupKeys
    metrics: tuple[str, ...]
    number: str  # FLOAT where all metrics are, else DOUBLE
    status: str | None  # SQL, TINYINT, 0 = ok

    @property
    def dtype(self) -> np.dtype[Any]:
        return np.dtype(np.float32 if self.number == "FLOAT" else np.float64)

    @property
    def _bytes_a_row(self) -> int:
        return (len(self.metrics) + _NUMBERS_A_ROW) * self.dtype.itemsize + _BYTES_A_ROW

    def batches(self, condition: str = "true", first: int = 0) -> Iterator[_Rows]:
        """The rows for which ``condition`` holds; ids count from ``first``."""
        status = [] if self.status is None else [self.status]
        metrics = [f"{quoted(name)}::{self.number}" for name in self.metrics]
        columns = ", ".join([f"{self.groups.id} - {first}", *status, *metrics])
        relation = self.con.sql(f"SELECT {columns} FROM {self.source} WHERE {condition}")  # noqa: S608
        for batch in relation.to_arrow_reader(_BATCH_ROWS):
            ids, *others = batch.columns
            codes = others.pop(0).to_numpy() if status else None
            yield _Rows(ids.to_numpy(), [with_nan(column) for column in others], codes)

    def rows(self, first: int, end: int, n_rows: int) -> _Rows:
        """All rows of the groups from ``first`` up to ``end``, of which there are ``n_rows``."""
        ids, values = np.empty(n_rows, np.int32), np.empty((len(self.metrics), n_rows), self.dtype)
        status = None if self.status is None else np.empty(n_rows, np.int8)
        whole = end - first == self.groups.n_groups
        at = 0
        for batch in self.batches("true" if whole else self.groups.between(first, end - 1), first):
            here = slice(at, at + batch.ids.size)
            ids[here] = batch.ids
            if status is not None and batch.status is not None:
                status[here] = batch.status
            for column, more in zip(values, batch.values, strict=True):
                column[here] = more
            at += batch.ids.size
        return _Rows(ids, values, status)

    def ranges(self, memory_bytes: int) -> Iterator[tuple[int, int, int]]:
        """Where ranges of groups begin and end that fit, and their numbers of rows."""
        most = memory_bytes // self._bytes_a_row
        if self.groups.n_rows <= most:
            yield 0, self.groups.n_groups, self.groups.n_rows
            return
        ends = np.cumsum(self._counts())
        first = before = 0
        while first < ends.size:
            end = int(np.searchsorted(ends, before + most, side="right"))
            if end == first:
                rows = int(ends[first]) - before
                need = rows * self._bytes_a_row
                raise QuestionError(f"a group of {rows:,} rows needs memory_bytes={need}, not {memory_bytes}")
            yield first, end, int(ends[end - 1]) - before
            first, before = end, int(ends[end - 1])

    def _counts(self) -> NDArray[np.int64]:
        grouped = f"SELECT {self.groups.id} AS id, count(*) AS n FROM {self.source} GROUP BY id"  # noqa: S608
        found = self.con.execute(grouped).fetchnumpy()
        counts = np.zeros(self.groups.n_groups, np.int64)
        counts[found["id"]] = found["n"]
        return counts

    def summary(
        self, parts: Sequence[tuple[int, NDArray[np.bool_], Statistics]]
    ) -> TableStatistics[Statistics]:
        """Those groups of all parts that have rows; a part is its first group, which are seen, and theirs."""
        kind = type(parts[0][2])
        groups = np.concatenate([first + np.flatnonzero(seen) for first, seen, _ in parts])
        columns = (
            np.concatenate([getattr(found, field.name)[:, seen] for _, seen, found in parts], axis=1)
            for field in fields(kind)
        )
        return TableStatistics(self.groups.of(groups), self.metrics, kind(*columns))


def with_nan(column: Any) -> NDArray[Any]:
    """An Arrow column of floats as an array, NaN where it is NULL; no copy where nothing is."""
    values: NDArray[Any] = column.to_numpy(zero_copy_only=column.null_count == 0)
    return values


@contextmanager
def _opened(
    con: duckdb.DuckDBPyConnection,
    source: str,
    keys: Sequence[str],
    metrics: Sequence[str],
    status: str | None,
) -> Iterator[_Table]:
    """The question, checked, over one state of the database."""
    for name, columns in (("keys", keys), ("metrics", metrics)):
        if isinstance(columns, str) or not columns or len(set(columns)) < len(columns):
            raise QuestionError(f"{name} must name one or more columns, each once")
    with _one_state(con) as beside:
        types = _types(beside, source, (*keys, *metrics, *([] if status is None else [status])))
        for name in metrics:
            if types[name] not in _NUMBERS:
                raise QuestionError(f'"{name}" holds {types[name]}, not numbers')
        number = "FLOAT" if all(types[name] == "float" for name in metrics) else "DOUBLE"
        ok = None if status is None else _is_not_ok(status, types[status])
        groups = group_keys(beside, source, {name: types[name] for name in keys})
        yield _Table(beside, source, groups, tuple(metrics), number, ok)


@contextmanager
def _one_state(con: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection beside ``con`` in a transaction that leaves nothing behind.

    Turns DuckDB's complaint about a question into the user's, QuestionError.
    """
    with con.cursor() as beside:
        beside.execute("SET enable_progress_bar = false")  # of this connection alone; it would go to stdout
        beside.begin()
        try:
            yield beside
        except (duckdb.ProgrammingError, duckdb.DataError) as error:
            raise QuestionError(" ".join(str(error).split("\n\n")[0].split())) from error
        finally:
            beside.rollback()


def _types(con: duckdb.DuckDBPyConnection, source: str, names: Sequence[str]) -> dict[str, str]:
    """The DuckDB type of each of those columns, in lower case and without its parameters."""
    relation = con.sql(f"SELECT * FROM {source} LIMIT 0")  # noqa: S608 - the caller's own SQL
    pairs = zip(relation.columns, relation.types, strict=True)
    there = {column.lower(): str(kind.id) for column, kind in pairs}  # as DuckDB compares names
    for name in names:
        if name.lower() not in there:
            raise UnknownNameError(f'unknown column "{name}": there are {", ".join(relation.columns)}')
    return {name: there[name.lower()] for name in names}


def _is_not_ok(column: str, kind: str) -> str:
    ok = "'ok'" if kind in {"varchar", "enum"} else "0"
    return f"({quoted(column)} IS DISTINCT FROM {ok})::TINYINT"
