"""Other ways to score groups, for benchmarks and for tests: the compatibility by default rules.

Each takes (offsets, throughput, latency, memory, n) and gives float64[n] suitability, with a criterion
dropped for a whole group where one candidate lacks it.
"""

from __future__ import annotations

from itertools import pairwise

import duckdb
import numpy as np
import pyarrow as pa
from fitment.kernels import formulae

WEIGHTS = np.array([0.5, 0.3, 0.2])


def numpy_group_by_group(offsets, t, latency, m, n):
    """formulae.py, called for each group."""
    out = np.empty(t.size)
    for a, b in pairwise(offsets):
        components = (
            formulae.throughput_component(t[a:b]),
            formulae.latency_component(latency[a:b]),
            formulae.memory_relative(m[a:b]),
        )
        used = tuple(formulae.complete(component) for component in components)
        weights = formulae.drop_criteria(WEIGHTS, used).tolist()
        compatibility = formulae.weighted_sum(*components, *weights)
        out[a:b] = formulae.suitability(compatibility, formulae.confidence(n[a:b]))
    return out


def numpy_all_at_once(offsets, t, latency, m, n):
    """NumPy over all groups together, by reduceat; needs groups that are not empty."""
    starts, sizes = offsets[:-1], np.diff(offsets)
    fastest = np.repeat(np.fmax.reduceat(t, starts), sizes)
    shortest = np.repeat(np.fmin.reduceat(latency, starts), sizes)
    smallest = np.repeat(np.fmin.reduceat(m, starts), sizes)
    components = np.stack([t / fastest, shortest / latency, smallest / m])
    used = np.logical_and.reduceat(~np.isnan(components), starts, axis=1)
    weights = WEIGHTS[:, None] * used
    with np.errstate(invalid="ignore"):
        weights = np.repeat(weights / weights.sum(axis=0), sizes, axis=1)
    compatibility = (np.where(weights > 0, components, 0.0) * weights).sum(axis=0)
    return compatibility * np.where(n >= 1, np.minimum(1.0, 0.5 + 0.1 * n), 0.0)


SQL = """
WITH parts AS (
    SELECT position, g, n, throughput / max(throughput) OVER w AS t,
           min(latency) OVER w / latency AS l, min(memory) OVER w / memory AS m,
           CASE WHEN count(throughput) OVER w = count(*) OVER w THEN 0.5 ELSE 0 END AS w_t,
           CASE WHEN count(latency) OVER w = count(*) OVER w THEN 0.3 ELSE 0 END AS w_l,
           CASE WHEN count(memory) OVER w = count(*) OVER w THEN 0.2 ELSE 0 END AS w_m
    FROM candidates WINDOW w AS (PARTITION BY g)
)
SELECT (w_t * coalesce(t, 0) + w_l * coalesce(l, 0) + w_m * coalesce(m, 0)) / nullif(w_t + w_l + w_m, 0)
       * CASE WHEN n >= 1 THEN least(1.0, 0.5 + 0.1 * n) ELSE 0 END AS suitability
FROM parts ORDER BY position
"""


def candidates_table(offsets, t, latency, m, n):
    """Arrow columns with NULL for NaN, as DuckDB likes them best."""
    groups = np.repeat(np.arange(offsets.size - 1), np.diff(offsets))
    columns = {"position": np.arange(t.size), "g": groups, "n": n}
    return pa.table(
        columns
        | {"throughput": pa.array(t, from_pandas=True)}
        | {"latency": pa.array(latency, from_pandas=True), "memory": pa.array(m, from_pandas=True)}
    )


def duckdb_windows(table):
    """DuckDB, one thread, over an Arrow table."""
    with duckdb.connect(config={"threads": 1}) as con:
        con.register("candidates", table)
        found = con.execute(SQL).fetchnumpy()["suitability"]
    return np.ma.filled(found.astype(np.float64), np.nan)
