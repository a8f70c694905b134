"""How much results vary beyond what is compared: between processes of a cell, and between machines of a kind.

Derived from ``performance_results``, never journalled. Each criterion has its own: memory hardly varies
where time does. Cells are those of one protocol; machines are environments of one stack.
"""

from __future__ import annotations

import math
from dataclasses import astuple
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from ...kernels.variance import PRIOR, between_variance, fit_prior, location_variance
from ..answers import NOISE, Noise, Noises
from .behind import is_current

CRITERIA = ("throughput", "latency", "memory")
# Only what was measured more than once tells of noise. Sorted, as a sum in another order is another number.
REPEATED = """
WITH repeated AS (
    SELECT cell_key, env_id, ln(throughput) AS throughput, ln(peak_memory_bytes) AS memory,
        ln(coalesce(latency_p50_s, latency_mean_s, latency_p95_s)) AS latency
    FROM performance_results
    WHERE provenance <> 'simulated' AND status = 'ok' AND throughput IS NOT NULL
        AND id NOT IN (SELECT result_id FROM retractions)
    QUALIFY count(*) OVER (PARTITION BY cell_key) > 1
), readings AS (
    UNPIVOT repeated ON throughput, latency, memory INTO NAME criterion VALUE y
)
SELECT criterion, dense_rank() OVER (ORDER BY cell_key, coalesce(e.stack, env_id)) AS cell,
    count(*) AS n, median(y) AS y, list_var_samp(list_sort(list(y))) AS s2
FROM readings LEFT JOIN environments e USING (env_id)
GROUP BY criterion, cell_key, env_id, e.stack
ORDER BY criterion, cell_key, e.stack, env_id
"""
INSERT = "INSERT INTO noise VALUES ($1, $2, $3, $4, $5, $6, $7)"
STORED = "SELECT sd, degrees, cells, between_sd, machines FROM noise ORDER BY list_position($1, criterion)"


def refresh_noise(connection: duckdb.DuckDBPyConnection, as_of_seq: int) -> None:
    """Makes the stored noise again from the results up to ``as_of_seq``."""
    connection.execute("DELETE FROM noise")
    for criterion, found in zip(CRITERIA, _made(connection), strict=True):
        connection.execute(INSERT, [criterion, *astuple(found), as_of_seq])


def current_noise(connection: duckdb.DuckDBPyConnection) -> Noises:
    """That of throughput, latency and memory: the stored one, or made in memory where that is behind."""
    if not is_current(connection):
        return _made(connection)
    stored = connection.execute(STORED, [list(CRITERIA)]).fetchall()
    throughput, latency, memory = (Noise(*row) for row in stored)
    return throughput, latency, memory


def _made(connection: duckdb.DuckDBPyConnection) -> Noises:
    columns = connection.sql(REPEATED).fetchnumpy()
    throughput, latency, memory = (_noise(columns, criterion) for criterion in CRITERIA)
    return throughput, latency, memory


def _noise(columns: dict[str, Any], criterion: str) -> Noise:
    of_it = np.asarray(columns["criterion"]) == criterion
    n, cell = (np.asarray(columns[name], np.int64)[of_it] for name in ("n", "cell"))
    y, s2 = (_real(columns[name])[of_it] for name in ("y", "s2"))
    several = n > 1
    prior = fit_prior(n[several] - 1, s2[several]) or PRIOR
    squares = np.where(several, (n - 1) * s2, 0.0)
    between = between_variance(cell, y, location_variance(n, squares, prior))
    return Noise(
        sd=prior.sd,
        degrees=prior.degrees,
        cells=int(several.sum()),
        between_sd=NOISE[0].between_sd if between is None else math.sqrt(between),
        machines=len(cell) - len(np.unique(cell)),
    )


def _real(column: Any) -> NDArray[np.float64]:
    """float64[n], NULL as NaN."""
    return np.ma.filled(np.ma.asarray(column, np.float64), np.nan)
