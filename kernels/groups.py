"""Groups of rows: one dense id for each combination of keys, and the rows of each group side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .columns import group_count, id_column, integer_column
from .jit import IDS_IN, WHOLES_OUT, kernel


@dataclass(frozen=True, slots=True)
class GroupLayout:
    """Where the rows of each group are: group g has ``order[offsets[g]:offsets[g + 1]]``, in their order."""

    offsets: NDArray[np.int64]  # int64[n_groups + 1]
    order: NDArray[np.int64]  # int64[n]


def group_ids(keys: Sequence[ArrayLike]) -> tuple[NDArray[np.int32], int]:
    """The group of each row, and how many groups there are: rows with equal keys share one.

    ``keys``: columns [n] of integers. Groups are numbered 0 … in the order of the keys, the first key first;
    only combinations that occur get a number.

    Raises TypeError for keys that aren't integers, ValueError for shapes.
    """
    if len(keys) == 0:
        raise ValueError("keys must hold at least one column")
    rows = integer_column("keys", keys[0]).size
    columns = [integer_column("keys", key, rows) for key in keys]
    ids, groups = np.zeros(rows, np.int64), 1
    for column in columns:
        levels, codes = np.unique(column, return_inverse=True)
        found, ids = np.unique(ids * levels.size + codes, return_inverse=True)
        groups = found.size
    return ids.astype(np.int32), groups


def group_layout(ids: ArrayLike, n_groups: int) -> GroupLayout:
    """The rows of each group, in their order: a stable counting sort.

    ``ids`` int32[n], each 0 … n_groups - 1. Raises TypeError, ValueError.
    """
    rows, groups = id_column("ids", ids), group_count(n_groups)
    offsets, order = np.zeros(groups + 1, np.int64), np.empty(rows.size, np.int64)
    if not _fill_layout(rows, offsets, order):
        raise ValueError(f"ids must lie between 0 and n_groups - 1, {groups - 1}")
    return GroupLayout(offsets, order)


@kernel((IDS_IN, WHOLES_OUT, WHOLES_OUT))
def _fill_layout(ids, offsets, order):  # type: ignore[no-untyped-def]
    """Fills the layout; False where an id is out of range."""
    for i in range(ids.size):
        if not 0 <= ids[i] < offsets.size - 1:
            return False
        offsets[ids[i] + 1] += 1
    for g in range(1, offsets.size):
        offsets[g] += offsets[g - 1]
    at = offsets[:-1].copy()
    for i in range(ids.size):
        order[at[ids[i]]] = i
        at[ids[i]] += 1
    return True
