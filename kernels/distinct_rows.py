"""Which rows of several columns differ, and how often each is there. NumPy only.

Nothing is sorted but numbers themselves, which is many times faster than sorting their places: places are
looked up in what was sorted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .columns import real_table

Floats = NDArray[np.float64]
Wholes = NDArray[np.int64]
Number = TypeVar("Number", np.float64, np.int64)


@dataclass(frozen=True, slots=True)
class DistinctRows:
    """k rows that differ, in order of the first column, then the second, …; NaN is one value, the last."""

    columns: Floats  # float64[c, k]
    counts: Wholes  # int64[k]: rows that are like it


def distinct_rows(columns: ArrayLike) -> DistinctRows:
    """The different rows among n.

    ``columns``: float64[c, n]. Raises TypeError, ValueError.
    """
    table = real_table("columns", columns, None)
    if table.ndim != 2:
        raise ValueError(f"columns must be of shape (columns, rows), not {table.shape}")
    key = np.zeros(table.shape[1], np.int64)  # of each row's values so far, its place among all such
    steps: list[tuple[Floats, Wholes]] = []
    for column in table:
        values = different(column)
        joint = key * values.size + np.searchsorted(values, column)
        known = different(joint)
        key = np.searchsorted(known, joint)
        steps.append((values, known))
    counts = np.bincount(key)
    found, at = np.empty((table.shape[0], counts.size)), np.arange(counts.size)
    for place, (values, known) in reversed(list(enumerate(steps))):
        before, own = np.divmod(known[at], values.size)
        found[place], at = values[own], before
    return DistinctRows(found, counts)


def different(values: NDArray[Number]) -> NDArray[Number]:
    """The different values, ascending; NaN once, last. np.unique hashes them first, which takes longer."""
    ordered = np.sort(values)
    first = np.ones(ordered.size, np.bool_)
    first[1:] = ordered[1:] != ordered[:-1]
    if ordered.dtype.kind == "f":
        first[1:] &= ~np.isnan(ordered[:-1])
    found: NDArray[Number] = ordered[first]
    return found
