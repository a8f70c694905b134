"""Moments of rows that lie group by group, as a sweep writes them: runs are found, and summed by SIMD.

Nothing is scattered: ids are compared 256 at a time, and each run is summed as a slice. Chunks of rows are
fixed by their number, and their runs are put together in their order.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numba import types
from numpy.typing import NDArray

from .jit import (
    CUBE_OUT,
    FLOATS_IN,
    FLOATS_OUT,
    IDS_IN,
    IDS_OUT,
    SINGLES_IN,
    SINGLES_OUT,
    STATUS_IN,
    TABLE_OUT,
    WHOLE_TABLE_OUT,
    kernel,
    reduction,
    uncounted,
    version_of,
)
from .partial_moments import PartialMoments, add_part, no_moments, of_deviations, packs
from .threads import each_chunk

Column = NDArray[Any]
Floats = NDArray[np.float64]

CHUNK = 1 << 18  # rows; large beside a call, and its ids still in cache when the columns are read
LONGEST = 4096  # rows of a run that are summed at once: what may cancel is this many roundings
SHORTEST = 24  # rows of a run, at the mean, from which runs are faster than accumulators
SAMPLE = 256  # ids in a row that are looked at to see how rows lie
WIDE, NARROW = 256, 32  # ids compared at a time
OUT_OF_RANGE, TOO_MANY = -1, -2


def lies_in_runs(ids: NDArray[np.int32]) -> bool:
    """Whether equal ids stand side by side, SHORTEST or more at the mean, by 64 samples of ``ids``."""
    step = max(ids.size // 64, SAMPLE)
    samples = [ids[a : a + SAMPLE] for a in range(0, ids.size, step)]
    changes = sum(int(np.count_nonzero(sample[1:] != sample[:-1])) for sample in samples)
    return (changes + 1) * SHORTEST <= sum(sample.size for sample in samples)


def run_moments(
    ids: NDArray[np.int32],
    columns: tuple[Column, ...],
    n_groups: int,
    status: NDArray[np.int8],
    threads: int = 1,
) -> PartialMoments | None:
    """The moments of ``columns`` in each group; None where runs turn out shorter than SHORTEST / 2.

    Arguments as ``moments.group_moments`` makes them: contiguous, and ``status`` empty if all rows count.
    Raises ValueError for ids out of range.
    """
    starts = range(0, ids.size, CHUNK)
    moments = no_moments(len(columns), n_groups)
    for first, pack in packs(columns):
        found: list[tuple[NDArray[np.int32], Floats] | None] = [None] * len(starts)

        @np.errstate(invalid="ignore", over="ignore")  # for where nothing is compiled
        def sum_chunk(chunk: int, pack: Any = pack, found: Any = found) -> None:
            rows = slice(starts[chunk], starts[chunk] + CHUNK)
            found[chunk] = _parts(ids[rows], [x[rows] for x in pack], status[rows], n_groups)

        each_chunk(sum_chunk, len(starts), threads)
        for part in found:
            if part is None:
                return None
            _put_together(*part, first, *moments.arrays)
    return moments


def _parts(
    ids: NDArray[np.int32], pack: Sequence[Column], status: NDArray[np.int8], n_groups: int
) -> tuple[NDArray[np.int32], Floats] | None:
    """Of each run its group, and [columns, 4]: count, shift, offset, squares; None if there are too many."""
    most = 2 * ids.size // SHORTEST + 2
    groups, parts = np.empty(most, np.int32), np.empty((most, len(pack), 4))
    sum_runs = _SUM_RUNS[len(pack), pack[0].dtype.itemsize]
    n = sum_runs(ids, *pack, status, n_groups, np.empty(LONGEST, pack[0].dtype), groups, parts)
    if n == OUT_OF_RANGE:
        raise ValueError(f"ids must lie between 0 and n_groups - 1, {n_groups - 1}")
    return None if n == TOO_MANY else (groups[:n].copy(), parts[:n].copy())


@uncounted
def _rows(start: int, end: int) -> range:
    """The rows of a run; unsigned, which saves the check for negative indices and lets loops become SIMD.

    Runs are passed on by their bounds: each slice of an array would be counted as a reference to it.
    """
    return range(np.uint64(start), np.uint64(end))


@uncounted
def _all_are(ids: NDArray[np.int32], start: int, end: int, group: np.int32) -> bool:
    """Whether every id is ``group``; cut to 32 bits at each step, or Numba would widen them to 64."""
    differing = np.int32(0)
    for i in _rows(start, end):
        differing = np.int32(differing | np.int32(ids[i] ^ group))
    return bool(differing == 0)


@uncounted
def _end_of_run(ids: NDArray[np.int32], start: int, end: int) -> int:
    """Where the run that begins at ``start`` ends, by wide steps, then by narrow ones, then one by one."""
    b, group = start, ids[start]
    while b + WIDE <= end and _all_are(ids, b, b + WIDE, group):
        b += WIDE
    while b + NARROW <= end and _all_are(ids, b, b + NARROW, group):
        b += NARROW
    while b < end and ids[b] == group:
        b += 1
    return b


@uncounted
def _any(status: NDArray[np.int8], start: int, end: int) -> bool:
    """Whether a row of the run is left out; none is if ``status`` is empty."""
    seen = np.int8(0)
    if status.size > 0:
        for i in _rows(start, end):
            seen = np.int8(seen | status[i])
    return bool(seen != 0)


@uncounted
def _gather(x: Column, status: NDArray[np.int8], start: int, end: int, out: Column) -> int:
    """Fills ``out`` with the values of the run that are measured; gives their number."""
    n = 0
    for i in _rows(start, end):
        out[n] = x[i]
        n += np.isfinite(x[i]) and (status.size == 0 or status[i] == 0)
    return n


@uncounted
def _deviation(x: float, shift: float) -> float:
    """Apart from the sums, whose leave to reorder would move the shift out of them."""
    return np.float64(x) - shift


@reduction
def _deviations(x: Column, start: int, end: int, shift: float) -> tuple[float, float]:
    """The sums of deviations from ``shift`` and of their squares."""
    total, squares = 0.0, 0.0
    for i in _rows(start, end):
        d = _deviation(x[i], shift)
        total += d
        squares += d * d
    return total, squares


@reduction
def _sums_of_one(  # type: ignore[no-untyped-def]
    ids, x, start: int, end: int, shift: float
) -> tuple[float, float, np.int32]:
    """As ``_deviations``, and whether an id differs from the first: not 0."""
    total, squares, group, differing = 0.0, 0.0, ids[start], np.int32(0)
    for i in _rows(start, end):
        d = _deviation(x[i], shift)
        total += d
        squares += d * d
        differing = np.int32(differing | np.int32(ids[i] ^ group))
    return total, squares, differing


@reduction
def _sums_of_three(  # type: ignore[no-untyped-def]
    ids, x, y, z, start: int, end: int, x_shift: float, y_shift: float, z_shift: float
) -> tuple[float, float, float, float, float, float, np.int32]:
    """As ``_sums_of_one``: several streams at once keep more of the memory's lines in flight."""
    x_total, y_total, z_total, x_squares, y_squares, z_squares = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    group, differing = ids[start], np.int32(0)
    for i in _rows(start, end):
        a, b, c = _deviation(x[i], x_shift), _deviation(y[i], y_shift), _deviation(z[i], z_shift)
        x_total += a
        y_total += b
        z_total += c
        x_squares += a * a
        y_squares += b * b
        z_squares += c * c
        differing = np.int32(differing | np.int32(ids[i] ^ group))
    return x_total, x_squares, y_total, y_squares, z_total, z_squares, differing


@uncounted
def _state(  # type: ignore[no-untyped-def]
    x, status, start: int, end: int, shift: float, total: float, squares: float, scratch, out, r: int, j: int
) -> None:
    """Fills count, shift, offset and squares of a run; sums it again if something was missing."""
    n = end - start
    if not np.isfinite(squares) or _any(status, start, end):
        n = _gather(x, status, start, end, scratch)
        shift = np.float64(scratch[0]) if n > 0 else 0.0
        total, squares = _deviations(scratch, 0, n, shift)
    out[r, j, 0], out[r, j, 1] = n, shift
    out[r, j, 2], out[r, j, 3] = of_deviations(n, total, squares)


@uncounted
def _next_part(ids: NDArray[np.int32], first: int, start: int, end: int) -> tuple[int, int]:
    """Where the run of the next part starts, and how long that part may be, after one of the run ``first``.

    A new run is taken to be as long as the last one was; one that goes on, twice as long as so far.
    """
    if end < ids.size and ids[end] == ids[start]:
        return first, min(end - first, LONGEST)
    return end, min(max(end - first, WIDE), LONGEST)


def _compile(column: Any, scratch: Any, version: str) -> tuple[Any, Any]:
    """The kernels for one column and for three.

    How long a run is is guessed from the run before, and seen in the same pass over the rows that sums them;
    after a wrong guess the rows are summed again, out of the cache.
    """

    @kernel((IDS_IN, column, STATUS_IN, types.int64, scratch, IDS_OUT, CUBE_OUT), counted=False)
    def sum_runs(ids, x, status, n_groups, scratch, groups, out):  # type: ignore[no-untyped-def]
        """Fills whose the runs are, and count, shift, offset and squares of each; gives their number."""
        _ = version
        n, a, first, guess = 0, 0, 0, WIDE
        while a < ids.size:
            if n == groups.size:
                return TOO_MANY
            if not 0 <= ids[a] < n_groups:
                return OUT_OF_RANGE
            b, k = min(a + guess, ids.size), np.float64(x[a])
            total, squares, differing = _sums_of_one(ids, x, a, b, k)
            if differing != 0:
                b = _end_of_run(ids, a, b)
                total, squares, differing = _sums_of_one(ids, x, a, b, k)
            _state(x, status, a, b, k, total, squares, scratch, out, n, 0)
            groups[n] = ids[a]
            first, guess = _next_part(ids, first, a, b)
            n, a = n + 1, b
        return n

    @kernel(
        (IDS_IN, column, column, column, STATUS_IN, types.int64, scratch, IDS_OUT, CUBE_OUT), counted=False
    )
    def sum_runs_of_three(ids, x, y, z, status, n_groups, scratch, groups, out):  # type: ignore[no-untyped-def]
        """As ``sum_runs``, of three columns."""
        _ = version
        n, a, first, guess = 0, 0, 0, WIDE
        while a < ids.size:
            if n == groups.size:
                return TOO_MANY
            if not 0 <= ids[a] < n_groups:
                return OUT_OF_RANGE
            b, k, p, q = min(a + guess, ids.size), np.float64(x[a]), np.float64(y[a]), np.float64(z[a])
            sums = _sums_of_three(ids, x, y, z, a, b, k, p, q)
            if sums[6] != 0:
                b = _end_of_run(ids, a, b)
                sums = _sums_of_three(ids, x, y, z, a, b, k, p, q)
            _state(x, status, a, b, k, sums[0], sums[1], scratch, out, n, 0)
            _state(y, status, a, b, p, sums[2], sums[3], scratch, out, n, 1)
            _state(z, status, a, b, q, sums[4], sums[5], scratch, out, n, 2)
            groups[n] = ids[a]
            first, guess = _next_part(ids, first, a, b)
            n, a = n + 1, b
        return n

    return sum_runs, sum_runs_of_three


def _compile_merge(version: str) -> Any:
    @kernel((IDS_IN, CUBE_OUT, types.int64, WHOLE_TABLE_OUT, TABLE_OUT, TABLE_OUT, TABLE_OUT), counted=False)
    def put_together(groups, parts, first, counts, shifts, offsets, sums):  # type: ignore[no-untyped-def]
        """Adds the parts, of columns from the ``first`` on, to their groups, in their order."""
        _ = version
        for j in range(parts.shape[1]):
            for r in range(groups.size):
                n, shift, offset, squares = parts[r, j, 0], parts[r, j, 1], parts[r, j, 2], parts[r, j, 3]
                at = first + j, groups[r]
                add_part(at, np.int64(n), shift, offset, squares, counts, shifts, offsets, sums)

    return put_together


_VERSION = version_of(of_deviations, add_part)
_SUM_RUNS = {}
_SUM_RUNS[1, 4], _SUM_RUNS[3, 4] = _compile(SINGLES_IN, SINGLES_OUT, _VERSION)
_SUM_RUNS[1, 8], _SUM_RUNS[3, 8] = _compile(FLOATS_IN, FLOATS_OUT, _VERSION)
_put_together = _compile_merge(_VERSION)
