"""How much results vary beyond what is compared: between processes of a cell, and between machines of a kind.

Derived from the estimates. Each criterion has its own: memory hardly varies where time does. A cell is a
candidate: one configuration in one environment under one protocol; machines are environments of one stack.
"""

from __future__ import annotations

import math
from dataclasses import astuple
from typing import TYPE_CHECKING

import duckdb
import numpy as np
from numpy.typing import NDArray

from ...kernels.variance import PRIOR, between_variance, fit_prior, location_variance
from ..answers import NOISE, Noise, Noises
from .behind import is_current

if TYPE_CHECKING:
    import pyarrow as pa

CRITERIA = ("throughput", "latency", "memory", "energy")
INSERT = "INSERT INTO noise VALUES ($1, $2, $3, $4, $5, $6, $7)"
STORED = "SELECT sd, degrees, cells, between_sd, machines FROM noise ORDER BY list_position($1, criterion)"
_FIGURES = """n AS n_throughput, n_latency, n AS n_memory, n AS n_energy, ln(throughput) AS throughput,
    ln(CASE statistic WHEN 'p95' THEN p95 WHEN 'p50' THEN p50 ELSE mean END) AS latency, ln(memory) AS memory,
    ln(energy) AS energy, throughput_squares, latency_squares,
    CASE WHEN memory_scope IS NOT NULL THEN memory_squares END AS memory_squares,
    CASE WHEN energy_source IS NOT NULL THEN energy_squares END AS energy_squares"""
_PROCESSES = f"SELECT {_FIGURES} FROM {{source}} WHERE n > 1"  # noqa: S608 - our own names
# Of kinds that several machines have; sorted by names: a sum in another order is another number.
_KIND = """model_version, scenario, input_shape, throughput_unit, batch, precision, compile_mode,
    memory_format, n_devices, threads, cache_state, pinning"""
_COMPARABLE = """
SELECT hardware_id, env_id, coalesce(stack, env_id) AS stack
FROM (SELECT DISTINCT hardware_id, env_id FROM candidates) LEFT JOIN environments USING (env_id)
QUALIFY count(*) OVER (PARTITION BY hardware_id, stack) > 1
"""
_MACHINES = f"""
WITH comparable AS ({_COMPARABLE}), ran AS (
    SELECT s.*, c.* EXCLUDE (id, env_id), m.env_id, stack
    FROM {{source}} s JOIN candidates c ON c.id = s.candidate_id AND NOT c.superseded
        JOIN comparable m ON m.hardware_id = c.hardware_id AND m.env_id = c.env_id WHERE s.n > 0
), several AS (
    SELECT model_id, hardware_id, {_KIND}, stack FROM ran GROUP BY ALL HAVING count(*) > 1
)
SELECT dense_rank() OVER (ORDER BY m.name, h.name, {_KIND}, stack) AS kind, {_FIGURES}
FROM ran SEMI JOIN several USING (model_id, hardware_id, {_KIND}, stack)
    JOIN models m ON m.id = model_id JOIN hardware_platforms h ON h.id = hardware_id
ORDER BY kind, env_id
"""  # noqa: S608 - our own names
Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


def refresh_noise(connection: duckdb.DuckDBPyConnection, as_of_seq: int) -> None:
    """Makes the stored noise again from the stored estimates, which know what is up to ``as_of_seq``."""
    connection.execute("DELETE FROM noise")
    for criterion, found in zip(CRITERIA, _made(connection, "estimates"), strict=True):
        connection.execute(INSERT, [criterion, *astuple(found), as_of_seq])


def current_noise(connection: duckdb.DuckDBPyConnection) -> Noises:
    """That of each of ``CRITERIA``: the stored one, or made in memory where that is behind."""
    if not is_current(connection):
        from .interval_columns import with_intervals  # both need pyarrow, which takes longer than an answer
        from .located import located

        connection.register("known", with_intervals(located(connection, None)))
        made = _made(connection, "known")
        connection.unregister("known")
        return made
    stored = connection.execute(STORED, [list(CRITERIA)]).fetchall()
    throughput, latency, memory, energy = (Noise(*row) for row in stored)
    return throughput, latency, memory, energy


def _made(connection: duckdb.DuckDBPyConnection, source: str) -> Noises:
    """What the estimates in the table ``source`` vary."""
    several = connection.execute(f"SELECT count(*) FROM ({_COMPARABLE})").fetchall()[0][0]  # noqa: S608
    queries = (_PROCESSES, _MACHINES if several else f"{_MACHINES} LIMIT 0")
    processes, machines = (connection.sql(each.format(source=source)).to_arrow_table() for each in queries)
    throughput, latency, memory, energy = (_noise(processes, machines, name) for name in CRITERIA)
    return throughput, latency, memory, energy


def _noise(processes: pa.Table, machines: pa.Table, criterion: str) -> Noise:
    n, _, squares, _ = _located(processes, criterion)
    prior = fit_prior(n - 1, squares / (n - 1)) or PRIOR
    cells = len(n)
    n, y, squares, kind = _located(machines, criterion)
    between = between_variance(kind, y, location_variance(n, squares, prior))
    return Noise(
        sd=prior.sd,
        degrees=prior.degrees,
        cells=cells,
        between_sd=NOISE[0].between_sd if between is None else math.sqrt(between),
        machines=len(kind) - len(np.unique(kind)),
    )


def _located(table: pa.Table, criterion: str) -> tuple[Whole, Floats, Floats, Whole]:
    """Of what has the criterion: processes, location and squared deviations of ln value, kind (else 0)."""
    n, y, squares = (_real(table, name) for name in (f"n_{criterion}", criterion, f"{criterion}_squares"))
    known = ~np.isnan(y) & ~np.isnan(squares)
    kind = _real(table, "kind") if "kind" in table.column_names else np.zeros(len(n))
    return n[known].astype(np.int64), y[known], squares[known], kind[known].astype(np.int64)


def _real(table: pa.Table, name: str) -> Floats:
    """float64[n], NULL as NaN."""
    return np.asarray(table.column(name).to_numpy(), np.float64)
