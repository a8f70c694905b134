"""The runs behind estimates: what each ok process reached, and the results' ids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from ..answers import Process

# Sorted by what was reached: stores that hold the same results in another order say the same.
_SELECT = """
SELECT candidate_id, id, status = 'ok' AND throughput IS NOT NULL AS usable,
    throughput, latency_p95_s, latency_p50_s, latency_mean_s, peak_memory_bytes
FROM performance_results WHERE candidate_id IN (SELECT unnest($ids::INTEGER[]))
ORDER BY candidate_id, throughput, latency_p95_s, latency_p50_s, latency_mean_s, peak_memory_bytes
"""
_IDS = """
SELECT candidate_id, list(id ORDER BY id)
FROM performance_results WHERE candidate_id IN (SELECT unnest($ids::INTEGER[]))
    AND status = 'ok' AND throughput IS NOT NULL
GROUP BY candidate_id
"""


@dataclass(frozen=True, slots=True)
class Runs:
    """Of one candidate."""

    processes: tuple[Process, ...]  # that are ok with a usable throughput, sorted: in no process's order
    ok: tuple[int, ...]  # the ids of those, ascending
    all: tuple[int, ...]  # the ids of all its results, ascending


def runs_of(connection: duckdb.DuckDBPyConnection, candidates: NDArray[np.integer[Any]]) -> dict[int, Runs]:
    """The runs of each of those candidates, by its id."""
    rows = connection.execute(_SELECT, {"ids": candidates.tolist()}).fetchall()
    return {candidate: _runs(list(own)) for candidate, own in groupby(rows, key=itemgetter(0))}


def _runs(rows: list[tuple[Any, ...]]) -> Runs:
    ok = [row for row in rows if row[2]]
    return Runs(
        tuple(Process(*row[3:]) for row in ok),
        tuple(sorted(row[1] for row in ok)),
        tuple(sorted(row[1] for row in rows)),
    )


def ids_of(connection: duckdb.DuckDBPyConnection, candidates: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """The results behind each candidate's estimate, by its id: those that ran."""
    rows = connection.execute(_IDS, {"ids": list(candidates)}).fetchall()
    return {candidate: tuple(ids) for candidate, ids in rows}
