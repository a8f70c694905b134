"""Count, mean and variance of groups by DuckDB, polars, pandas and NumPy, each on one thread.

Every rival gets the pair's number as a ready column, and its table before the clock starts. Answers are dicts
of [metrics, groups], in the order of the groups, all of which have rows.
"""

from __future__ import annotations

import os
from typing import Any

import duckdb
import numpy as np
import pandas as pd
from fitment.kernels.moments import group_moments

from benchmarks import read_limit
from tests.kernels import statistics_rivals
from tests.kernels.statistics_rivals import METRICS, WORK

FIELDS = ("count", "mean", "variance")


def ours(ids, values, n_groups) -> dict[str, Any]:
    found = group_moments(ids, values, n_groups, work=WORK)
    return {name: getattr(found, name) for name in FIELDS}


def ours_of_fewer(prepared) -> Any:
    """The same rows in 20,000 pairs."""
    ids, values, n_groups = prepared
    return ours(ids, values, min(n_groups, 20_000))


def in_fewer_pairs(ids, values, n_groups) -> tuple[Any, ...]:
    return ids % min(n_groups, 20_000), values, n_groups


def duckdb_moments(con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    wanted = [
        f"{measure}({metric}) AS {metric}_{measure}"
        for metric in METRICS
        for measure in ("count", "avg", "var_samp")
    ]
    found = con.sql(f"SELECT pair, {', '.join(wanted)} FROM results GROUP BY pair ORDER BY pair").fetchnumpy()
    return _fields([[found[f"{m}_{f}"] for f in ("count", "avg", "var_samp")] for m in METRICS])


def polars_moments(frame: Any) -> dict[str, Any]:
    os.environ["POLARS_MAX_THREADS"] = "1"
    import polars as pl

    wanted = [
        measure.alias(f"{metric} {name}")
        for metric in METRICS
        for name, measure in (
            ("count", pl.col(metric).count()),
            ("mean", pl.col(metric).mean()),
            ("variance", pl.col(metric).var()),
        )
    ]
    found = frame.group_by("pair").agg(wanted).sort("pair")
    return _fields([[found[f"{metric} {name}"].to_numpy() for name in FIELDS] for metric in METRICS])


def pandas_moments(frame: pd.DataFrame) -> dict[str, Any]:
    groups = frame.groupby("pair")
    tables = groups.count(), groups.mean(), groups.var()
    return _fields([[table[metric].to_numpy() for table in tables] for metric in METRICS])


def numpy_moments(prepared) -> dict[str, Any]:
    """bincount, in two passes, as plain sums of squares would cancel."""
    ids, values, n_groups = prepared
    count = np.bincount(ids, minlength=n_groups)
    columns = []
    for x in values:
        mean = np.bincount(ids, x, n_groups) / count
        with np.errstate(invalid="ignore", divide="ignore"):
            variance = np.bincount(ids, (x - mean[ids]) ** 2, n_groups) / (count - 1)
        columns.append([count, mean, variance])
    return _fields(columns)


def memory(ids, values, n_groups) -> list[np.ndarray]:
    return read_limit.words(ids, *values)


def read(prepared: list[np.ndarray]) -> int:
    return read_limit.read(prepared)


def _fields(columns: list[list[Any]]) -> dict[str, Any]:
    return {name: np.stack([column[i] for column in columns]) for i, name in enumerate(FIELDS)}


duckdb_table, polars_frame, pandas_frame = (
    statistics_rivals.duckdb_table,
    statistics_rivals.polars_frame,
    statistics_rivals.pandas_frame,
)
RTOL = statistics_rivals.RTOL
