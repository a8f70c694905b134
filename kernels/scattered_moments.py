"""Moments of rows in any order: each row is added to its group's record, which lies in one line of the cache.

Few groups: fixed chunks of the rows each fill records of their own, which are put together in order. Many
groups: the rows are first moved into buckets of neighbouring groups (a stable counting sort), so that the
records of one bucket stay in the cache while they are filled; no bucket knows of another.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numba import types
from numpy.typing import NDArray

from . import record_lines
from .jit import (
    FLOATS_IN,
    ID_TABLE_OUT,
    IDS_IN,
    SINGLE_TABLE_OUT,
    SINGLES_IN,
    STATUS_IN,
    TABLE_OUT,
    WHOLE_TABLE_OUT,
    WHOLES_OUT,
    kernel,
    prefetch,
    uncounted,
    version_of,
)
from .partial_moments import PartialMoments, add_part, no_moments, of_deviations, packs
from .partition import METRICS, bytes_of, partition
from .record_lines import LINE, add_row
from .threads import each_chunk
from .workspace import Workspace

Column = NDArray[Any]

CHUNKS = 4  # at most; each has records of its own
ROWS_A_RECORD = 32  # rows of a chunk for each record that it fills: below, records cost more than rows
FEW = 1 << 18  # groups, up to which all have records at once; beyond, buckets leave work for threads
BATCH = 16  # buckets that are filled by one call
AHEAD = 32  # rows between asking for a record and adding to it
WORDS = LINE // 8  # of 64 bits in a record of three float32
MOST_ROWS = 1 << 31  # rows that the count in a record holds


def scattered_moments(
    ids: NDArray[np.int32],
    columns: tuple[Column, ...],
    n_groups: int,
    status: NDArray[np.int8],
    threads: int = 1,
    work: Workspace | None = None,
) -> PartialMoments:
    """The moments of ``columns`` in each group, whatever the order of the rows.

    Arguments as ``moments.group_moments`` makes them: contiguous, and ``status`` empty if all rows count.
    Raises ValueError for ids out of range.
    """
    moments = no_moments(len(columns), n_groups)
    if n_groups <= FEW or ids.size >= MOST_ROWS:
        _by_chunks(ids, columns, status, threads, moments)
    else:
        with (work or Workspace()).room(bytes_of(ids.size, columns[0].dtype)) as space:
            _by_buckets(ids, columns, status, threads, moments, space)
    return moments


def _by_chunks(
    ids: NDArray[np.int32],
    columns: Sequence[Column],
    status: NDArray[np.int8],
    threads: int,
    moments: PartialMoments,
) -> None:
    groups = moments.count.shape[1]
    chunks = int(np.clip(ids.size // (ROWS_A_RECORD * max(groups, 1)), 1, CHUNKS))
    chunks = max(chunks, -(-ids.size // (MOST_ROWS - 1)))
    borders = [ids.size * chunk // chunks for chunk in range(chunks + 1)]
    for first, pack in packs(columns):
        records: list[_Records] = [_Records(pack, 0)] * chunks

        def fill(chunk: int, pack: Any = pack, records: Any = records) -> None:
            rows = slice(borders[chunk], borders[chunk + 1])
            records[chunk] = _Records(pack, groups)
            records[chunk].fill(ids[rows], [x[rows] for x in pack], status[rows])

        each_chunk(fill, chunks, threads)
        for filled in records:
            filled.add_to(moments, first)


def _by_buckets(
    ids: NDArray[np.int32],
    columns: Sequence[Column],
    status: NDArray[np.int8],
    threads: int,
    moments: PartialMoments,
    space: NDArray[np.uint8],
) -> None:
    groups = moments.count.shape[1]
    for first in range(0, len(columns), METRICS):
        pack = columns[first : first + METRICS]
        parts = partition(ids, pack, groups, status, threads, space)
        fill_buckets = _FILL_BUCKETS[pack[0].dtype.itemsize == 4]

        def fill(
            batch: int, first: int = first, pack: Any = pack, parts: Any = parts, call: Any = fill_buckets
        ) -> None:
            records = _Records([pack[0]] * METRICS, 1 << parts.shift)
            buckets = batch * BATCH, min((batch + 1) * BATCH, parts.starts.size - 1)
            out = first, first + len(pack), *moments.arrays
            call(parts.rows, parts.starts, parts.shift, *buckets, *records.arrays, *out)

        each_chunk(fill, -(-(parts.starts.size - 1) // BATCH), threads)


def _out_of_range(groups: int) -> ValueError:
    return ValueError(f"ids must lie between 0 and n_groups - 1, {groups - 1}")


class _Records:
    """A record of each group: shifts, number of rows, sums of deviations, sums of their squares.

    Of three float32 columns it is 64 bytes. What one array holds is seen as three, by its kinds of number.
    """

    def __init__(self, pack: Sequence[Column], groups: int) -> None:
        self.columns, self.single = len(pack), pack[0].dtype.itemsize == 4 if pack else True
        width = _WIDTH[self.columns, self.single]
        room = np.zeros(groups * width + LINE // 8)
        start = -room.ctypes.data % LINE // 8
        self.sums = room[start : start + groups * width].reshape(groups, width)
        self.shifts = self.sums.view(np.float32) if self.single else self.sums
        self.shifts[:, : self.columns] = np.nan
        self.counts = self.sums.view(np.int32)
        self.missing = np.zeros((groups, self.columns), np.int32)

    @property
    def arrays(self) -> tuple[NDArray[Any], ...]:
        """All four, as kernels take them."""
        return self.shifts, self.counts, self.sums, self.missing

    @np.errstate(invalid="ignore", over="ignore")  # for where nothing is compiled
    def fill(self, ids: NDArray[np.int32], pack: Sequence[Column], status: NDArray[np.int8]) -> None:
        """Adds rows. Raises ValueError for ids of no group."""
        accumulate, _ = _KERNELS[self.columns, self.single]
        if not accumulate(ids, *pack, status, *self.arrays):
            raise _out_of_range(len(self.sums))

    def add_to(self, moments: PartialMoments, first: int) -> None:
        """Puts the records with what ``moments`` has, from column ``first`` on."""
        _, add_records = _KERNELS[self.columns, self.single]
        add_records(*self.arrays, first, *moments.arrays)


@uncounted
def _settle(x: float, shifts, missing, g: int, j: int) -> float:  # type: ignore[no-untyped-def]
    """The deviation of a value that may be missing, or the first of its group, which becomes the shift."""
    if not np.isfinite(x):
        missing[g, j] += 1
        return 0.0
    if np.isnan(shifts[g, j]):
        shifts[g, j] = x
    return np.float64(x) - np.float64(shifts[g, j])


def _compile_one(column: Any, shifts: Any, n: int, s: int) -> Any:
    @kernel((IDS_IN, column, STATUS_IN, shifts, ID_TABLE_OUT, TABLE_OUT, ID_TABLE_OUT), counted=False)
    def accumulate(ids, x, status, shifts, counts, sums, missing):  # type: ignore[no-untyped-def]
        """Adds rows of one column to records; False where an id is out of range.

        A record has its number of rows at ``n``, its sums from ``s`` on.
        """
        for i in range(ids.size):
            if i + AHEAD < ids.size:
                prefetch(sums, ids[i + AHEAD] * sums.shape[1])
            g = np.int64(ids[i])
            if not 0 <= g < sums.shape[0]:
                return False
            if status.size > 0 and status[i] != 0:
                continue
            a = np.float64(x[i]) - np.float64(shifts[g, 0])
            if not np.isfinite(a):
                a = _settle(x[i], shifts, missing, g, 0)
            counts[g, n] += 1
            sums[g, s] += a
            sums[g, s + 1] += a * a
        return True

    return accumulate


def _three(column: Any, shifts: Any) -> tuple[Any, ...]:
    """The signature for three columns."""
    tables = shifts, ID_TABLE_OUT, TABLE_OUT, ID_TABLE_OUT
    return IDS_IN, column, column, column, STATUS_IN, *tables


@uncounted
def _add_deviations(  # type: ignore[no-untyped-def]
    a: float, b: float, c: float, g: int, n: int, s: int, counts, sums
) -> None:
    counts[g, n] += 1
    sums[g, s] += a
    sums[g, s + 1] += b
    sums[g, s + 2] += c
    sums[g, s + 3] += a * a
    sums[g, s + 4] += b * b
    sums[g, s + 5] += c * c


@uncounted
def _add_singles(x, y, z, g, shifts, counts, sums, missing):  # type: ignore[no-untyped-def]
    """Adds a row of three float32 to its record, which is one line of the cache."""
    if not add_row(sums, g * WORDS, x, y, z):
        a = _settle(x, shifts, missing, g, 0)
        b = _settle(y, shifts, missing, g, 1)
        c = _settle(z, shifts, missing, g, 2)
        _add_deviations(a, b, c, g, 3, 2, counts, sums)


@uncounted
def _add_doubles(x, y, z, g, shifts, counts, sums, missing):  # type: ignore[no-untyped-def]
    """Adds a row of three float64 to its record.

    The sum of its deviations is NaN or infinite where one of them is, or a shift is not yet known: one test
    for everything that is rare.
    """
    a, b, c = x - shifts[g, 0], y - shifts[g, 1], z - shifts[g, 2]
    if not np.isfinite(a + b + c):
        a = _settle(x, shifts, missing, g, 0)
        b = _settle(y, shifts, missing, g, 1)
        c = _settle(z, shifts, missing, g, 2)
    _add_deviations(a, b, c, g, 6, 4, counts, sums)


def _compile_three(column: Any, shifts: Any, single: bool, version: str) -> Any:
    tables = shifts, ID_TABLE_OUT, TABLE_OUT, ID_TABLE_OUT

    @kernel((IDS_IN, column, column, column, STATUS_IN, *tables), counted=False)
    def accumulate_three(ids, x, y, z, status, shifts, counts, sums, missing):  # type: ignore[no-untyped-def]
        """As ``accumulate``, of three columns."""
        _ = version
        rows, ahead = np.uint64(ids.size), np.uint64(AHEAD)
        for i in range(rows):
            if i + ahead < rows:
                prefetch(sums, np.int64(ids[i + ahead]) * sums.shape[1])
            g = np.int64(ids[i])
            if not 0 <= g < sums.shape[0]:
                return False
            if status.size > 0 and status[i] != 0:
                continue
            if single:  # not a function closed over: the cache would know it for another in each process
                _add_singles(x[i], y[i], z[i], g, shifts, counts, sums, missing)
            else:
                _add_doubles(x[i], y[i], z[i], g, shifts, counts, sums, missing)
        return True

    return accumulate_three


def _compile_add(shifts: Any, n: tuple[int, int], s: tuple[int, int], version: str) -> Any:
    (n_one, n_three), (s_one, s_three) = n, s

    @kernel(
        (shifts, ID_TABLE_OUT, TABLE_OUT, ID_TABLE_OUT, types.int64, WHOLE_TABLE_OUT, *[TABLE_OUT] * 3),
        counted=False,
    )
    def add_records(shifts, counts, sums, missing, first, out_n, out_shifts, out_offsets, out_sums):  # type: ignore[no-untyped-def]
        """Puts records together with what there is, column by column."""
        _ = version
        columns = missing.shape[1]
        at_n, at_sums = (n_one, s_one) if columns == 1 else (n_three, s_three)
        for j in range(columns):
            for g in range(sums.shape[0]):
                n, k = np.int64(counts[g, at_n]) - missing[g, j], np.float64(shifts[g, j])
                offset, squares = of_deviations(n, sums[g, at_sums + j], sums[g, at_sums + columns + j])
                add_part((first + j, g), n, k, offset, squares, out_n, out_shifts, out_offsets, out_sums)

    return add_records


def _compile_buckets(column: Any, shifts: Any, single: bool, n: int, s: int, version: str) -> Any:
    tables = shifts, ID_TABLE_OUT, TABLE_OUT, ID_TABLE_OUT
    found = types.int64, types.int64, WHOLE_TABLE_OUT, TABLE_OUT, TABLE_OUT, TABLE_OUT
    rows_in = types.Array(column.dtype, 2, "C")

    @kernel((rows_in, WHOLES_OUT, types.int64, types.int64, types.int64, *tables, *found), counted=False)
    def fill_buckets(  # type: ignore[no-untyped-def]
        rows, starts, bits, bucket, last, shifts, counts, sums, missing,
        first, end, out_n, out_shifts, out_offsets, out_sums,
    ):  # fmt: skip
        """Fills the moments of the groups of buckets up to ``last``, in columns ``first`` … ``end`` - 1.

        The same records serve one bucket after the other.
        """
        _ = version
        for b in range(bucket, last):
            groups = min(np.int64(1) << bits, out_n.shape[1] - (b << bits))
            for g in range(groups):
                for j in range(sums.shape[1]):
                    sums[g, j] = 0.0
                for j in range(3):
                    shifts[g, j], missing[g, j] = np.nan, 0
            for i in range(np.uint64(starts[b]), np.uint64(starts[b + 1])):
                x, y, z, group = rows[i, 1], rows[i, 2], rows[i, 3], np.int64(rows[i, 0])
                if single:
                    _add_singles(x, y, z, group, shifts, counts, sums, missing)
                else:
                    _add_doubles(x, y, z, group, shifts, counts, sums, missing)
            for j in range(end - first):
                for g in range(groups):
                    at = first + j, (b << bits) + g
                    k = np.int64(counts[g, n]) - missing[g, j]
                    out_n[at], out_shifts[at] = k, shifts[g, j]
                    out_offsets[at], out_sums[at] = of_deviations(k, sums[g, s + j], sums[g, s + 3 + j])

    return fill_buckets


# Where the parts of a record are: float32 shifts and the number of rows in front share 8 bytes of one column,
# 16 of three; float64 ones have 8 bytes each.
_WIDTH = {(1, True): 3, (3, True): 8, (1, False): 4, (3, False): 10}
_VERSION = version_of(of_deviations, add_part) + record_lines.VERSION
_ADD_SINGLES = _compile_add(SINGLE_TABLE_OUT, (1, 3), (1, 2), _VERSION)
_ADD_DOUBLES = _compile_add(TABLE_OUT, (2, 6), (2, 4), _VERSION)
_KERNELS = {
    (1, True): (_compile_one(SINGLES_IN, SINGLE_TABLE_OUT, 1, 1), _ADD_SINGLES),
    (3, True): (_compile_three(SINGLES_IN, SINGLE_TABLE_OUT, True, _VERSION), _ADD_SINGLES),
    (1, False): (_compile_one(FLOATS_IN, TABLE_OUT, 2, 2), _ADD_DOUBLES),
    (3, False): (_compile_three(FLOATS_IN, TABLE_OUT, False, _VERSION), _ADD_DOUBLES),
}
_FILL_BUCKETS = {
    True: _compile_buckets(SINGLES_IN, SINGLE_TABLE_OUT, True, 3, 2, _VERSION),
    False: _compile_buckets(FLOATS_IN, TABLE_OUT, False, 6, 4, _VERSION),
}
