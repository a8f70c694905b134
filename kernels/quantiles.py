"""Exact quantiles of many columns in many groups."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .columns import real_column
from .group_summary import QUANTILES
from .summaries import summaries


def group_quantiles(
    ids: ArrayLike,
    values: ArrayLike | Sequence[ArrayLike],
    n_groups: int,
    q: Sequence[float],
    *,
    status: ArrayLike | None = None,
    threads: int = 1,
) -> NDArray[np.float64]:
    """The quantiles ``q``, each from 0 to 1, of each column in each group: float64[c, n_groups, len(q)].

    Exact, and linear between the two neighbours: what ``numpy.quantile`` and DuckDB's ``quantile_cont``
    give (Hyndman and Fan 1996, type 7). NaN where a group has no value.

    ``ids`` is int[n], the group of each row, 0 … n_groups − 1, in any order; ``values`` is one column [n], an
    array [c, n] or c columns, float32 or float64. NaN and infinite values count as missing. ``status`` is
    int8[n]; rows that are not 0 are left out. The same bits for any order of rows and number of threads.

    Raises TypeError for arrays that don't hold numbers, ValueError for shapes, ids or q that can't be meant.
    """
    levels = real_column("q", q)
    if not ((levels >= 0.0) & (levels <= 1.0)).all():
        raise ValueError(f"q must lie between 0 and 1, not {levels.tolist()}")
    _, found = summaries(ids, values, n_groups, status, levels.tolist(), mad=False, threads=threads)
    return np.ascontiguousarray(np.moveaxis(found[QUANTILES:], 0, 2))
