"""Statistics of each group of rows: count, mean, variance, median, MAD and upper percentiles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .columns import group_count, id_column, metric_columns, status_column

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class GroupStatistics:
    """Of c metrics in g groups, each [c, g]; NaN where a group has too few values for it."""

    count: NDArray[np.int64]  # of values that are finite numbers and whose row is ok
    mean: Floats
    variance: Floats  # n − 1 below; NaN for fewer than two values
    median: Floats
    mad: Floats  # median absolute deviation from the median, not scaled
    p95: Floats
    p99: Floats


def group_statistics(
    ids: ArrayLike,
    values: ArrayLike | Sequence[ArrayLike],
    n_groups: int,
    *,
    status: ArrayLike | None = None,
    threads: int = 1,
) -> GroupStatistics:
    """The statistics of each group of rows, each [c, n_groups], in the unit of the metric.

    ``ids`` is int[n], the group of each row, 0 … ``n_groups`` − 1, in any order. ``values`` is one metric
    [n], an array [c, n] or a sequence of c columns, float32 or float64. NaN and ±∞ are not measured.
    ``status`` is int[n]; rows where it is not 0 are left out.

    Raises TypeError and ValueError.
    """
    if threads < 1:
        raise ValueError(f"threads must be at least 1, not {threads}")
    n_groups, groups = group_count(n_groups), id_column("ids", ids)
    if groups.size and not (groups.min() >= 0 and groups.max() < n_groups):
        raise ValueError(f"ids must lie between 0 and n_groups - 1, {n_groups - 1}")
    columns = metric_columns("values", values, groups.size)
    ok = np.ones(groups.size, bool) if status is None else status_column("status", status, groups.size) == 0
    found = np.array([_of_column(groups, x, ok, n_groups) for x in columns]).reshape(-1, 7, n_groups)
    count, *others = np.moveaxis(found, 1, 0)
    return GroupStatistics(count.astype(np.int64), *others)


def _of_column(groups: NDArray[np.int32], x: NDArray[Any], ok: NDArray[np.bool_], n_groups: int) -> Floats:
    known = ok & np.isfinite(x)
    ids, y = groups[known], x[known].astype(np.float64)
    order = np.argsort(ids, kind="stable")
    ends = np.cumsum(np.bincount(ids, minlength=n_groups))
    out = np.full((7, n_groups), np.nan)
    for g, group in enumerate(np.split(y[order], ends[:-1])):
        out[0, g] = group.size
        if group.size:
            out[1, g] = group.mean()
            out[2, g] = group.var(ddof=1) if group.size > 1 else np.nan
            median, p95, p99 = np.quantile(group, [0.5, 0.95, 0.99])
            out[3:, g] = median, np.median(np.abs(group - median)), p95, p99
    return out
