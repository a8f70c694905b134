"""Count, mean and variance of many columns in many groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import types
from numpy.typing import ArrayLike, NDArray

from .columns import group_count, id_column, metric_columns, status_column
from .jit import FLOATS_IN, FLOATS_OUT, IDS_IN, SINGLES_IN, WHOLES_OUT, column_in, kernel

Floats = NDArray[np.float64]
STATUS_IN = column_in(types.int8)


@dataclass(frozen=True, slots=True)
class Moments:
    """Moments of c columns in g groups, over the values that are measured."""

    count: NDArray[np.int64]  # int64[c, g]
    mean: Floats  # float64[c, g]; NaN without a value
    variance: Floats  # float64[c, g], of a sample (n - 1); NaN below two values


def group_moments(
    ids: ArrayLike, values: Any, n_groups: int, *, status: ArrayLike | None = None, threads: int = 1
) -> Moments:
    """Count, mean and sample variance of each column of ``values`` in each group.

    ``ids`` int32[n] names each row's group, 0 … n_groups - 1. ``values``: one column [n], an array [c, n], or
    c columns, float32 or float64; NaN and infinite values count as missing. ``status`` int8[n]: rows that are
    not 0 are left out.

    Raises TypeError for arrays that don't hold numbers, ValueError for shapes or ids that can't be meant.
    """
    rows = id_column("ids", ids)
    groups = group_count(n_groups)
    columns = metric_columns("values", values, rows.size)
    left_out = np.zeros(rows.size, np.int8) if status is None else status_column("status", status, rows.size)
    if threads < 1:
        raise ValueError(f"threads must be at least 1, not {threads}")
    if rows.size and not 0 <= rows.min() <= rows.max() < groups:
        raise ValueError(f"ids must lie between 0 and n_groups - 1, {groups - 1}")
    count = np.zeros((len(columns), groups), np.int64)
    mean, variance = np.zeros((2, len(columns), groups))
    for j, column in enumerate(columns):
        _FILL[column.dtype](rows, column, left_out, count[j], mean[j], variance[j])
    return Moments(count, mean, variance)


def _compile(column: Any) -> Any:
    @kernel((IDS_IN, column, STATUS_IN, WHOLES_OUT, FLOATS_OUT, FLOATS_OUT))
    def _fill(ids, x, status, count, mean, variance):  # type: ignore[no-untyped-def]
        """Fills the moments by Welford's update."""
        for i in range(ids.size):
            value, g = np.float64(x[i]), ids[i]
            if status[i] == 0 and value - value == 0:
                count[g] += 1
                before = value - mean[g]
                mean[g] += before / count[g]
                variance[g] += before * (value - mean[g])
        for g in range(count.size):
            mean[g] = mean[g] if count[g] > 0 else np.nan
            variance[g] = variance[g] / (count[g] - 1) if count[g] > 1 else np.nan

    return _fill


_FILL = {np.dtype(np.float32): _compile(SINGLES_IN), np.dtype(np.float64): _compile(FLOATS_IN)}
