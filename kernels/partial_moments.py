"""Moments of parts of the rows, and how the parts are put together: the shifted form that cancels nothing.

A part is four numbers: how many values it has; a shift, one of those values; the offset of their mean from
the shift; and the sum of their squared deviations from the mean. A mean alone would be rounded to the size of
the data, and differences between means of parts with it; shifts are values of the data, whose differences are
exact where they lie close together (Sterbenz), so that data with a coefficient of variation of 1e-9 keep all
digits of their variance.

Source: Chan, Golub & LeVeque, Algorithms for computing the sample variance (1983): shifted data, pairs (2.1).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .jit import uncounted

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PartialMoments:
    """Of c columns in g groups, each [c, g]. ``count`` int64; where it is 0 the others say nothing."""

    count: NDArray[np.int64]
    shift: Floats
    offset: Floats
    squares: Floats

    @property
    def arrays(self) -> tuple[NDArray[np.int64], Floats, Floats, Floats]:
        """All four, as ``add_part`` takes them."""
        return self.count, self.shift, self.offset, self.squares


def packs(columns: Sequence[NDArray[Any]]) -> list[tuple[int, Sequence[NDArray[Any]]]]:
    """``columns`` by three, as kernels take them at once, and one by one where fewer are left; with the index
    of the first of each.
    """
    whole = len(columns) // 3 * 3
    sizes = [(j, 3) for j in range(0, whole, 3)] + [(j, 1) for j in range(whole, len(columns))]
    return [(j, columns[j : j + size]) for j, size in sizes]


def no_moments(columns: int, groups: int) -> PartialMoments:
    """The moments of no rows."""
    return PartialMoments(np.zeros((columns, groups), np.int64), *np.zeros((3, columns, groups)))


def mean_of(parts: PartialMoments) -> Floats:
    """float64[c, g], in the unit of the column; NaN without a value."""
    return np.where(parts.count > 0, parts.shift + parts.offset, np.nan)


def variance_of(parts: PartialMoments) -> Floats:
    """float64[c, g] of a sample, over n − 1, in the unit squared; NaN for fewer than two values."""
    return np.where(parts.count > 1, parts.squares / np.maximum(parts.count - 1, 1), np.nan)


@uncounted
def of_deviations(count: int, total: float, squares: float) -> tuple[float, float]:
    """Offset and sum of squares of ``count`` values, from the sums of their deviations from the shift and of
    these squared.

    The shift is one of the values, so (mean - shift)² is at most the sum that comes out: what cancels is at
    most ``count`` roundings.
    """
    offset = total / count if count > 0 else 0.0
    return offset, max(squares - total * offset, 0.0)


@uncounted
def add_part(  # type: ignore[no-untyped-def]
    at: tuple[int, int],
    count: int,
    shift: float,
    offset: float,
    squares: float,
    counts,
    shifts,
    offsets,
    sums,
) -> None:
    """Adds a part to what column and group ``at`` have so far."""
    before = counts[at]
    if count == 0:
        return
    counts[at] = before + count
    if before == 0:
        shifts[at], offsets[at], sums[at] = shift, offset, squares
        return
    apart = (shift - shifts[at]) + (offset - offsets[at])
    share = count / (before + count)
    offsets[at] += apart * share
    sums[at] += squares + apart * apart * (before * share)
