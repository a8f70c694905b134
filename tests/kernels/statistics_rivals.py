"""Count, mean, variance, median and p95 of groups by DuckDB, polars and pandas, each on one thread.

Every rival gets the pair's number as a ready column, and its table before the clock starts. Answers are dicts
of [metrics, groups], in the order of the groups, all of which have rows.
"""

from __future__ import annotations

import os
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
from fitment.kernels.group_statistics import group_statistics
from fitment.kernels.workspace import Workspace

METRICS = ("throughput", "latency", "memory")
FIELDS = ("count", "mean", "variance", "median", "p95")
WORK = Workspace()
RTOL = 1e-5  # the rivals round means and variances of float32 to float32, or add up in it


def ours(ids, values, n_groups, threads=1) -> dict[str, Any]:
    """Without MAD and p99, which no rival is asked for; memory is kept, as the rivals' allocators do."""
    found = group_statistics(ids, values, n_groups, mad=False, p99=False, threads=threads, work=WORK)
    return {name: getattr(found, name) for name in FIELDS}


def fewer_pairs(ids, values, n_groups) -> tuple[Any, ...]:
    """The same rows in 20,000 pairs."""
    return ids % min(n_groups, 20_000), values, min(n_groups, 20_000)


def ours_of_fewer(prepared) -> Any:
    return ours(*prepared)


def columns_of(ids, values) -> dict[str, Any]:
    return {"pair": ids} | dict(zip(METRICS, values, strict=True))


def duckdb_table(ids, values, n_groups) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect(config={"threads": 1})
    con.register("generated", pa.table(columns_of(ids, values)))
    con.execute("CREATE TABLE results AS SELECT * FROM generated")
    return con


def duckdb_statistics(con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Both quantiles by one call, twice as fast as by two."""
    measures = ("count({0})", "avg({0})", "var_samp({0})", "quantile_cont({0}, [0.5, 0.95])")
    wanted = [measure.format(metric) for metric in METRICS for measure in measures]
    table = con.sql(f"SELECT {', '.join(wanted)} FROM results GROUP BY pair ORDER BY pair").to_arrow_table()
    columns = []
    for i in range(0, len(wanted), len(measures)):
        *moments, quantiles = table.columns[i : i + len(measures)]
        both = quantiles.combine_chunks().flatten().to_numpy().reshape(-1, 2)
        columns.append([*(column.to_numpy() for column in moments), *both.T])
    return _fields(columns)


def polars_frame(ids, values, n_groups) -> Any:
    os.environ["POLARS_MAX_THREADS"] = "1"
    import polars as pl

    return pl.DataFrame(columns_of(ids, values))


def polars_statistics(frame: Any) -> dict[str, Any]:
    import polars as pl

    wanted = [
        measure.alias(f"{metric} {name}")
        for metric in METRICS
        for name, measure in (
            ("count", pl.col(metric).count()),
            ("mean", pl.col(metric).mean()),
            ("variance", pl.col(metric).var()),
            ("median", pl.col(metric).median()),
            ("p95", pl.col(metric).quantile(0.95, "linear")),
        )
    ]
    found = frame.group_by("pair").agg(wanted).sort("pair")
    return _fields([[found[f"{metric} {name}"].to_numpy() for name in FIELDS] for metric in METRICS])


def pandas_frame(ids, values, n_groups) -> pd.DataFrame:
    return pd.DataFrame(columns_of(ids, values))


def pandas_statistics(frame: pd.DataFrame) -> dict[str, Any]:
    groups = frame.groupby("pair")
    both = groups.quantile([0.5, 0.95]).to_numpy().reshape(-1, 2, len(METRICS))
    tables = (groups.count(), groups.mean(), groups.var())
    return _fields(
        [
            [*(table[metric].to_numpy() for table in tables), *both[:, :, j].T]
            for j, metric in enumerate(METRICS)
        ]
    )


def _fields(columns: list[list[Any]]) -> dict[str, Any]:
    return {name: np.stack([column[i] for column in columns]) for i, name in enumerate(FIELDS)}
