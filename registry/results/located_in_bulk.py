"""``located`` for all candidates of a large store, by compiled kernels: the same columns, the same numbers.

Medians are the same to the bit, sums of squares up to their rounding. Results are read range after range of
candidates, so that memory does not grow with the store, by as many threads as ``THREADS`` says.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from .kind_words import Kind, sets_in_words, stored_kinds
from .located import COLUMNS, PRECEDENCE, located
from .range_numbers import Numbers, Room, range_numbers

THREADS = 2
ROWS = 2**20  # of results in a range, unless one candidate has more
_COUNTS = """
SELECT candidate_id, count(*) AS rows FROM performance_results WHERE candidate_id IS NOT NULL
GROUP BY candidate_id ORDER BY candidate_id
"""
# What few results have: the limits found inside the one process, why it failed, where it was published.
_ALL = f"""
WITH inside AS (
    SELECT candidate_id, throughput_low AS throughput_inside_low, throughput_high AS throughput_inside_high,
        latency_p50_low_s AS p50_inside_low, latency_p50_high_s AS p50_inside_high
    FROM performance_results
    WHERE candidate_id IN (SELECT candidate_id FROM numbers WHERE n = 1)
        AND status = 'ok' AND throughput IS NOT NULL
), whys AS (
    SELECT candidate_id, min({{place: coalesce(list_position($precedence, status), len($precedence) + 1),
        detail: detail}}) AS why
    FROM performance_results WHERE detail IS NOT NULL AND candidate_id IS NOT NULL GROUP BY candidate_id
), origins AS (
    SELECT candidate_id, min({{file: source, line: source_line}}) AS origin, count(*) AS n_origins
    FROM performance_results WHERE source IS NOT NULL AND candidate_id IS NOT NULL GROUP BY candidate_id
)
SELECT {", ".join(COLUMNS)} FROM (
    SELECT n.*, w.* EXCLUDE (kinds, place), i.* EXCLUDE (candidate_id),
        CASE WHEN why.place = w.place THEN why.detail END AS detail,
        origin.file AS file, origin.line AS line, coalesce(o.n_origins, 0) AS n_origins
    FROM numbers n JOIN words w USING (kinds) LEFT JOIN inside i USING (candidate_id)
        LEFT JOIN whys USING (candidate_id) LEFT JOIN origins o USING (candidate_id)
)
"""  # noqa: S608 - our own names


@dataclass(frozen=True, slots=True)
class _Range:
    """Candidates by their ids, the last one included, and how many results they have."""

    first: int
    last: int
    rows: int


def located_in_bulk(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    """One row of ``located.COLUMNS`` for each candidate that has results."""
    kinds = stored_kinds(connection)
    counts = connection.execute(_COUNTS).fetchnumpy()
    ranges = _ranges(counts["candidate_id"], counts["rows"])
    if not ranges:
        return located(connection, None)
    with ThreadPoolExecutor(THREADS) as pool:
        shares = [
            pool.submit(_numbers, connection.cursor(), ranges[i::THREADS], kinds) for i in range(THREADS)
        ]
        found = [numbers for share in shares for numbers in share.result()]
    numbers = {name: np.concatenate([each[name] for each in found]) for name in found[0]}
    sets, words = sets_in_words(kinds, numbers.pop("kinds"))
    columns = {name: _arrow(column) for name, column in numbers.items()}
    connection.register("numbers", pa.table(columns | {"kinds": sets}))
    connection.register("words", words)
    located_all = connection.sql(_ALL, params={"precedence": list(PRECEDENCE)}).to_arrow_table()
    connection.unregister("numbers")
    connection.unregister("words")
    return located_all


def _arrow(column: NDArray[Any]) -> pa.Array:
    """The column with null for NaN; one of rows as lists of their length."""
    flat = pa.array(column.reshape(-1), from_pandas=True)
    return flat if column.ndim == 1 else pa.FixedSizeListArray.from_arrays(flat, column.shape[1])


def _ranges(candidates: NDArray[np.int32], rows: NDArray[np.int64]) -> list[_Range]:
    """The candidates, ascending, in ranges of about ``ROWS`` results; ids that are gone make none longer."""
    before = np.cumsum(rows) - rows
    starts = np.flatnonzero(np.diff(before // ROWS, prepend=-1) | np.diff(candidates // ROWS, prepend=-1))
    return [
        _Range(int(candidates[start]), int(candidates[stop - 1]), int(rows[start:stop].sum()))
        for start, stop in pairwise([*starts.tolist(), len(rows)])
    ]


def _numbers(
    cursor: duckdb.DuckDBPyConnection, ranges: Sequence[_Range], kinds: Sequence[Kind]
) -> list[Numbers]:
    """The numbers of the candidates of those ranges that have results; one thread's share."""
    room = Room(max((each.rows for each in ranges), default=0))
    found = []
    for each in ranges:
        numbers = range_numbers(cursor, room, kinds, each.first, each.last)
        there = np.flatnonzero(numbers["kinds"].any(axis=1))
        found.append({name: column[there] for name, column in numbers.items()})
    return found
