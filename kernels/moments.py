"""Count, mean and variance of many columns in many groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .columns import group_count, id_column, metric_columns, status_column
from .jit import TABLE_OUT, WHOLE_TABLE_OUT, kernel
from .run_moments import lies_in_runs, run_moments
from .scattered_moments import scattered_moments
from .workspace import Workspace

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Moments:
    """Moments of c columns in g groups, over the values that are measured."""

    count: NDArray[np.int64]  # int64[c, g]
    mean: Floats  # float64[c, g]; NaN without a value
    variance: Floats  # float64[c, g], of a sample (n - 1); NaN below two values


def group_moments(
    ids: ArrayLike,
    values: Any,
    n_groups: int,
    *,
    status: ArrayLike | None = None,
    threads: int = 1,
    work: Workspace | None = None,
) -> Moments:
    """Count, mean and sample variance of each column of ``values`` in each group.

    ``ids`` int32[n] names each row's group, 0 … n_groups - 1. ``values``: one column [n], an array [c, n], or
    c columns, float32 or float64; NaN and infinite values count as missing. ``status`` int8[n]: rows that are
    not 0 are left out. ``work`` is memory that one call after another may use.

    Raises TypeError for arrays that don't hold numbers, ValueError for shapes or ids that can't be meant.
    """
    rows, groups = id_column("ids", ids), group_count(n_groups)
    columns = metric_columns("values", values, rows.size)
    left_out = np.empty(0, np.int8) if status is None else status_column("status", status, rows.size)
    if threads < 1:
        raise ValueError(f"threads must be at least 1, not {threads}")
    given = rows, columns, groups, left_out, threads
    found = run_moments(*given) if lies_in_runs(rows) else None
    found = scattered_moments(*given, work) if found is None else found
    _finish(*found.arrays)
    return Moments(found.count, found.offset, found.squares)


@kernel((WHOLE_TABLE_OUT, TABLE_OUT, TABLE_OUT, TABLE_OUT), counted=False)
def _finish(count, shift, offset, squares):  # type: ignore[no-untyped-def]
    """Turns offsets into means and squares into variances, in place; as ``partial_moments.py`` has them."""
    for j in range(count.shape[0]):
        for g in range(count.shape[1]):
            n = count[j, g]
            offset[j, g] = shift[j, g] + offset[j, g] if n > 0 else np.nan
            squares[j, g] = squares[j, g] / (n - 1) if n > 1 else np.nan
