"""A results table that is resident in DuckDB, one thread, and its statistics by DuckDB's own SQL."""

from __future__ import annotations

from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from fitment.registry.results.streaming import TableStatistics, large_moments, large_statistics

KEYS, METRICS = ("model", "hardware"), ("throughput", "latency", "memory")
MODELS, HARDWARE = 1000, 20
MISSING = 0.01
MOMENTS = {"count": "count({0})", "mean": "avg({0})", "variance": "var_samp({0})"}


def resident_table(rng: np.random.Generator, n: int) -> tuple[duckdb.DuckDBPyConnection]:
    """A connection with the table ``results``: rows in random order, metrics in REAL, NULL where missing."""
    con = duckdb.connect(config={"threads": 1})
    columns: dict[str, Any] = {
        "model": rng.integers(0, MODELS, n, dtype=np.int32),
        "hardware": rng.integers(0, HARDWARE, n, dtype=np.int32),
    }
    for metric in METRICS:
        values = rng.lognormal(sigma=0.05, size=n).astype(np.float32)
        columns[metric] = pa.array(values, mask=rng.random(n) < MISSING)
    con.register("generated", pa.table(columns))
    con.execute("CREATE TABLE results AS SELECT * FROM generated")
    con.unregister("generated")
    return (con,)


def streamed_moments(con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Ours, in flat memory."""
    return _fields(large_moments(con, "results", KEYS, METRICS), MOMENTS)


def streamed_statistics(con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Ours with median and p95."""
    return _fields(
        large_statistics(con, "results", KEYS, METRICS, mad=False, p99=False), [*MOMENTS, "median", "p95"]
    )


def sql_moments(prepared: tuple[duckdb.DuckDBPyConnection]) -> dict[str, Any]:
    """DuckDB's, in one pass."""
    return _grouped(prepared[0], MOMENTS, {})


def sql_statistics(prepared: tuple[duckdb.DuckDBPyConnection]) -> dict[str, Any]:
    """DuckDB's, both quantiles by one call, twice as fast as by two."""
    both = {"quantiles": "quantile_cont({0}, [0.5, 0.95])"}
    return _grouped(prepared[0], MOMENTS | both, {"median": "quantiles_{0}[1]", "p95": "quantiles_{0}[2]"})


def _grouped(
    con: duckdb.DuckDBPyConnection, measures: dict[str, str], derived: dict[str, str]
) -> dict[str, Any]:
    """Each [metrics, groups], in the order of the keys."""
    wanted = {name: name + "_{0}" for name in MOMENTS} | derived
    inner, outer = (
        ", ".join(f"{sql.format(m)} AS {name}_{m}" for m in METRICS for name, sql in columns.items())
        for columns in (measures, wanted)
    )
    keys = ", ".join(KEYS)
    grouped = f"SELECT {keys}, {inner} FROM results GROUP BY {keys}"
    found = con.execute(f"SELECT {outer} FROM ({grouped}) ORDER BY {keys}").fetchnumpy()
    return {name: np.stack([_unmasked(found[f"{name}_{m}"]) for m in METRICS]) for name in wanted}


def _fields(found: TableStatistics[Any], names: Any) -> dict[str, Any]:
    return {name: getattr(found.statistics, name) for name in names}


def _unmasked(column: Any) -> Any:
    return column.filled(np.nan) if np.ma.isMaskedArray(column) and column.dtype.kind == "f" else column
