"""Statistics of many columns in many groups: count, mean, variance, median, MAD, p95 and p99."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .group_summary import MAD, MEAN, QUANTILES, VARIANCE
from .summaries import summaries
from .workspace import Workspace

Floats = NDArray[np.float64]

LEVELS = (0.5, 0.95, 0.99)


@dataclass(frozen=True, slots=True)
class GroupStatistics:
    """Of c columns in g groups, each [c, g], over the values that are measured; NaN without any."""

    count: NDArray[np.int64]
    mean: Floats
    variance: Floats  # of a sample (n − 1); NaN below two values
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
    mad: bool = True,
    p99: bool = True,
    threads: int = 1,
    work: Workspace | None = None,
) -> GroupStatistics:
    """The statistics of each column of ``values`` in each group, in the column's unit.

    ``ids`` is int[n], the group of each row, 0 … n_groups − 1, in any order; ``values`` is one column [n], an
    array [c, n] or c columns, float32 or float64. NaN and infinite values count as missing. ``status`` is
    int8[n]; rows that are not 0 are left out. ``mad`` = False leaves that one NaN, which saves a
    fifth of the time at 500 rows a group, a quarter at 20; ``p99`` = False leaves out that one. ``work``
    is memory that one call after another may use: 16 bytes a row of float32, 32 of float64.

    Median, MAD and percentiles are exact, linear between neighbours (Hyndman and Fan 1996, type 7), with the
    same bits for any order of rows; mean and variance (two passes, in float64) depend on it by their
    rounding. All are the same for any number of threads.

    Raises TypeError for arrays that don't hold numbers, ValueError for shapes or ids that can't be meant.
    """
    levels = LEVELS if p99 else LEVELS[:-1]
    count, found = summaries(ids, values, n_groups, status, levels, mad=mad, threads=threads, work=work)
    median, p95 = found[QUANTILES], found[QUANTILES + 1]
    last = found[QUANTILES + 2] if p99 else np.full_like(p95, np.nan)
    return GroupStatistics(count, found[MEAN], found[VARIANCE], median, found[MAD], p95, last)
