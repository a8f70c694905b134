"""Medians of many columns in many groups, with the quantiles around each that tell how it would resample."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .group_summary import QUANTILES
from .resample_medians import DISTANCES, REACHES
from .summaries import summaries
from .workspace import Workspace

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class GroupMedians:
    """Of c columns in g groups, over the values that are measured; NaN without any."""

    count: NDArray[np.int64]  # int64[c, g]
    median: Floats  # float64[c, g]
    around: Floats  # float64[4, c, g], the quantiles that ``resample_medians`` takes, not less the median


def group_medians(
    ids: ArrayLike,
    values: ArrayLike | Sequence[ArrayLike],
    n_groups: int,
    *,
    status: ArrayLike | None = None,
    threads: int = 1,
    work: Workspace | None = None,
) -> GroupMedians:
    """The median of each column of ``values`` in each group of n values, and its quantiles at 1/2 − 1/√n,
    1/2 − 1/(2√n), 1/2 + 1/(2√n) and 1/2 + 1/√n (levels below 0 are 0, above 1 are 1), in the column's unit.

    Exact, linear between neighbours (Hyndman and Fan 1996, type 7), with the same bits for any order of rows
    and any number of threads. The arguments are those of ``group_statistics``; raises as that does.
    """
    levels = [0.5] * (1 + len(DISTANCES))
    count, found = summaries(
        ids,
        values,
        n_groups,
        status,
        levels,
        mad=False,
        threads=threads,
        work=work,
        reaches=[0.0, *REACHES],
    )
    return GroupMedians(count, found[QUANTILES], found[QUANTILES + 1 :])
