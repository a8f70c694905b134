"""Moments of more rows than memory holds: added batch by batch, the same bits whatever the batches were.

Rows are gathered into chunks of a fixed number of rows, each chunk's moments are those of ``moments.py``,
and the chunks are merged in order. Memory follows from the numbers of groups and columns alone.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from .columns import group_count, id_column, metric_columns, status_column
from .jit import FLOATS_IN, FLOATS_OUT, WHOLES_IN, WHOLES_OUT, kernel
from .moments import Moments, group_moments

Floats = NDArray[np.float64]

_LEAST_ROWS = 2**19  # of a chunk: its buffers stay near the cache
_ROWS_A_GROUP = 8  # so that merging the groups costs little beside reading the rows


class MomentStream:
    """The moments of ``columns`` metrics in ``n_groups`` groups over all rows that were added.

    Two streams that were given the same rows in the same order hold the same bits, however the rows were
    cut into batches. Against all rows at once the mean and variance differ by rounding alone.
    """

    def __init__(self, n_groups: int, columns: int = 1, dtype: DTypeLike = np.float64) -> None:
        """``dtype`` is what rows are gathered in: float32 takes half of the memory, and no float64.

        Raises TypeError, ValueError.
        """
        if np.dtype(dtype) not in (np.float32, np.float64):
            raise TypeError(f"dtype must be float32 or float64, not {np.dtype(dtype)}")
        if columns < 1:
            raise ValueError(f"columns must be at least 1, not {columns}")
        self._groups = group_count(n_groups)
        rows = max(_LEAST_ROWS, _ROWS_A_GROUP * self._groups)
        self._ids = np.empty(rows, np.int32)
        self._status = np.empty(rows, np.int8)
        self._values = np.empty((columns, rows), dtype)
        self._held = 0  # rows of the chunk that is being gathered
        shape = columns, self._groups
        self._count, self._mean, self._squares = np.zeros(shape, np.int64), np.zeros(shape), np.zeros(shape)

    def add(self, ids: ArrayLike, values: Any, *, status: ArrayLike | None = None) -> None:
        """Adds a batch of n rows; arguments as for ``group_moments``. Where it raises, nothing was added.

        Raises TypeError, ValueError.
        """
        rows = id_column("ids", ids)
        if rows.size and not 0 <= rows.min() <= rows.max() < self._groups:
            raise ValueError(f"ids must lie between 0 and n_groups - 1, {self._groups - 1}")
        columns = metric_columns("values", values, rows.size)
        if len(columns) != len(self._values):
            raise ValueError(f"values must hold {len(self._values)} columns, not {len(columns)}")
        if columns[0].itemsize > self._values.itemsize:
            raise TypeError("values must hold float32, as the stream does, not float64")
        left_out = None if status is None else status_column("status", status, rows.size)
        at = 0
        while at < rows.size:
            end = min(rows.size, at + self._ids.size - self._held)
            piece = slice(at, end)
            self._gather(
                rows[piece], [x[piece] for x in columns], None if left_out is None else left_out[piece]
            )
            at = end

    def _gather(self, ids: NDArray[Any], columns: list[NDArray[Any]], status: NDArray[Any] | None) -> None:
        here = slice(self._held, self._held + ids.size)
        self._ids[here] = ids
        self._status[here] = 0 if status is None else status
        for held, column in zip(self._values, columns, strict=True):
            held[here] = column
        self._held += ids.size
        if self._held == self._ids.size:
            self._merge_into(self._count, self._mean, self._squares)
            self._held = 0

    def _merge_into(self, count: NDArray[np.int64], mean: Floats, squares: Floats) -> None:
        """Adds the rows of the chunk at hand to the merged ones."""
        held = slice(self._held)
        chunk = group_moments(
            self._ids[held], list(self._values[:, held]), self._groups, status=self._status[held]
        )
        flat = [x.reshape(-1) for x in (count, mean, squares, chunk.count, chunk.mean, chunk.variance)]
        _merge(*flat)

    def result(self) -> Moments:
        """The moments of the rows so far; more may be added afterwards."""
        count, mean, squares = self._count.copy(), self._mean.copy(), self._squares.copy()
        self._merge_into(count, mean, squares)
        mean[count == 0] = np.nan
        variance = np.full(count.shape, np.nan)
        np.divide(squares, count - 1, out=variance, where=count > 1)
        return Moments(count, mean, variance)


@kernel((WHOLES_OUT, FLOATS_OUT, FLOATS_OUT, WHOLES_IN, FLOATS_IN, FLOATS_IN))
def _merge(count, mean, squares, more, more_mean, more_variance):  # type: ignore[no-untyped-def]
    """Adds the second sample of each group to the first; ``squares`` sums the squared deviations.

    Source: Chan, Golub and LeVeque, Updating Formulae and a Pairwise Algorithm for Computing Sample
    Variances (1979), with means in the place of their sums.
    """
    for i in range(count.size):
        if more[i] == 0:
            continue
        n = count[i] + more[i]
        inside = more_variance[i] * (more[i] - 1) if more[i] > 1 else 0.0
        if count[i] == 0:
            mean[i], squares[i] = more_mean[i], inside
        else:
            apart = more_mean[i] - mean[i]
            mean[i] += apart * (more[i] / n)
            squares[i] += inside + apart * apart * (count[i] * (more[i] / n))
        count[i] = n
