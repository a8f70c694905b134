"""Moments of rows in any order: each row is added to its group's record, which lies in one line of the cache.

Few groups: fixed chunks of the rows each fill records of their own, which are put together in order. Many
groups: the rows are first moved into buckets of neighbouring groups (a stable counting sort), so that the
records of one bucket stay in the cache; no bucket knows of another.
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
    FLOATS_OUT,
    ID_TABLE_OUT,
    IDS_IN,
    IDS_OUT,
    PLACES_IN,
    PLACES_OUT,
    SINGLE_TABLE_OUT,
    SINGLES_IN,
    SINGLES_OUT,
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
from .record_lines import LINE, add_row
from .threads import each_chunk

Column = NDArray[Any]

CHUNKS = 4  # at most; each has records of its own
ROWS_A_RECORD = 32  # rows of a chunk for each record that it fills: below, records cost more than rows
IN_CACHE = 1 << 15  # groups whose records are left in the cache by rows in random order
BUCKET = 1 << 15  # groups in a bucket, from there on: fewer streams to write, by measure
MOST_BUCKETS = 1 << 10  # streams that a core writes side by side
AHEAD = 32  # rows between asking for a record and adding to it
WORDS = LINE // 8  # of 64 bits in a record of three float32
MOST_ROWS = 1 << 31  # rows that places of 32 bits and counts in a record hold


def scattered_moments(
    ids: NDArray[np.int32],
    columns: tuple[Column, ...],
    n_groups: int,
    status: NDArray[np.int8],
    threads: int = 1,
) -> PartialMoments:
    """The moments of ``columns`` in each group, whatever the order of the rows.

    Arguments as ``moments.group_moments`` makes them: contiguous, and ``status`` empty if all rows count.
    Raises ValueError for ids out of range.
    """
    moments = no_moments(len(columns), n_groups)
    if n_groups <= IN_CACHE or ids.size >= MOST_ROWS:
        _by_chunks(ids, columns, status, threads, moments)
    else:
        _by_buckets(ids, columns, status, threads, moments)
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
            records[chunk].fill(ids[rows], [x[rows] for x in pack], status[rows], 0)

        each_chunk(fill, chunks, threads)
        for filled in records:
            filled.add_to(moments, first, 0)


def _by_buckets(
    ids: NDArray[np.int32],
    columns: Sequence[Column],
    status: NDArray[np.int8],
    threads: int,
    moments: PartialMoments,
) -> None:
    groups = moments.count.shape[1]
    bits = max(BUCKET.bit_length() - 1, (groups // MOST_BUCKETS).bit_length())
    buckets = -(-groups // (1 << bits))
    # Of each bucket its start, then of the rows that are left out, after a place that stays 0.
    places, borders = np.empty(ids.size, np.uint32), np.zeros(buckets + 2, np.int64)
    if not _fill_places(ids, status, bits, groups, places, borders):
        raise _out_of_range(groups)
    moved_ids, kept = _moved(ids, places), np.empty(0, np.int8)
    for first, pack in packs(columns):
        moved = [_moved(x, places) for x in pack]

        def fill(bucket: int, first: int = first, moved: Any = moved) -> None:
            rows, base = slice(borders[bucket + 1], borders[bucket + 2]), bucket << bits
            size = min(1 << bits, groups - base)
            records = _Records(moved, size)
            records.fill(moved_ids[rows], [x[rows] for x in moved], kept, base)
            records.add_to(moments, first, base)

        each_chunk(fill, buckets, threads)


def _moved(x: Column, places: NDArray[np.uint32]) -> Column:
    out = np.empty_like(x)
    _MOVE[x.dtype.char](x, places, out)
    return out


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

    @np.errstate(invalid="ignore", over="ignore")  # for where nothing is compiled
    def fill(
        self, ids: NDArray[np.int32], pack: Sequence[Column], status: NDArray[np.int8], base: int
    ) -> None:
        """Adds rows of the groups from ``base`` on. Raises ValueError for ids of none of them."""
        accumulate, _ = _KERNELS[self.columns, self.single]
        if not accumulate(ids, *pack, status, base, self.shifts, self.counts, self.sums, self.missing):
            raise _out_of_range(len(self.sums))

    def add_to(self, moments: PartialMoments, first: int, base: int) -> None:
        """Puts the records with what ``moments`` has, from column ``first`` and group ``base`` on."""
        _, add_records = _KERNELS[self.columns, self.single]
        add_records(self.shifts, self.counts, self.sums, self.missing, first, base, *moments.arrays)


@uncounted
def _settle(x: float, shifts, missing, g: int, j: int) -> float:  # type: ignore[no-untyped-def]
    """The deviation of a value that may be missing, or the first of its group, which becomes the shift."""
    if not np.isfinite(x):
        missing[g, j] += 1
        return 0.0
    if np.isnan(shifts[g, j]):
        shifts[g, j] = x
    return np.float64(x) - np.float64(shifts[g, j])


@kernel((IDS_IN, STATUS_IN, types.int64, types.int64, PLACES_OUT, WHOLES_OUT), counted=False)
def _fill_places(ids, status, bits, groups, places, borders):  # type: ignore[no-untyped-def]
    """Fills each row's place and where buckets start and end, rows that are left out last.

    Gives False where an id is out of range.
    """
    last = borders.size - 2
    for i in range(ids.size):
        if not 0 <= ids[i] < groups:
            return False
        kept = status.size == 0 or status[i] == 0
        borders[1 + (ids[i] >> bits if kept else last)] += 1
    for bucket in range(last + 1):
        borders[bucket + 1] += borders[bucket]
    for i in range(ids.size - 1, -1, -1):  # from behind, so that ends become starts
        kept = status.size == 0 or status[i] == 0
        bucket = 1 + (ids[i] >> bits if kept else last)
        borders[bucket] -= 1
        places[i] = borders[bucket]
    return True


def _compile_move(column: Any, out: Any) -> Any:
    @kernel((column, PLACES_IN, out), counted=False)
    def move(x, places, out):  # type: ignore[no-untyped-def]
        """Fills ``out`` with each value at its place."""
        for i in range(x.size):
            out[places[i]] = x[i]

    return move


def _compile_one(column: Any, shifts: Any, n: int, s: int) -> Any:
    @kernel(
        (IDS_IN, column, STATUS_IN, types.int64, shifts, ID_TABLE_OUT, TABLE_OUT, ID_TABLE_OUT), counted=False
    )
    def accumulate(ids, x, status, base, shifts, counts, sums, missing):  # type: ignore[no-untyped-def]
        """Adds rows of one column to records; False where an id is out of range.

        A record has its number of rows at ``n``, its sums from ``s`` on.
        """
        for i in range(ids.size):
            if i + AHEAD < ids.size:
                prefetch(sums, (ids[i + AHEAD] - base) * sums.shape[1])
            g = ids[i] - base
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
    return IDS_IN, column, column, column, STATUS_IN, types.int64, *tables


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


def _compile_three_singles(version: str) -> Any:
    @kernel(_three(SINGLES_IN, SINGLE_TABLE_OUT), counted=False)
    def accumulate_lines(ids, x, y, z, status, base, shifts, counts, sums, missing):  # type: ignore[no-untyped-def]
        """As ``accumulate``, of three columns of float32, to records of one line each."""
        _ = version
        for i in range(np.uint64(ids.size)):
            if i + np.uint64(AHEAD) < np.uint64(ids.size):
                prefetch(sums, (ids[i + np.uint64(AHEAD)] - base) * WORDS)
            g = ids[i] - base
            if not 0 <= g < sums.shape[0]:
                return False
            if status.size > 0 and status[i] != 0:
                continue
            if not add_row(sums, g * WORDS, x[i], y[i], z[i]):
                a = _settle(x[i], shifts, missing, g, 0)
                b = _settle(y[i], shifts, missing, g, 1)
                c = _settle(z[i], shifts, missing, g, 2)
                _add_deviations(a, b, c, g, 3, 2, counts, sums)
        return True

    return accumulate_lines


def _compile_three_doubles() -> Any:
    @kernel(_three(FLOATS_IN, TABLE_OUT), counted=False)
    def accumulate_three(ids, x, y, z, status, base, shifts, counts, sums, missing):  # type: ignore[no-untyped-def]
        """As ``accumulate``, of three columns of float64.

        The sum of a row's deviations is NaN or infinite where one of them is, or a shift is not yet known:
        one test for everything that is rare.
        """
        for i in range(ids.size):
            if i + AHEAD < ids.size:
                prefetch(sums, (ids[i + AHEAD] - base) * sums.shape[1])
            g = ids[i] - base
            if not 0 <= g < sums.shape[0]:
                return False
            if status.size > 0 and status[i] != 0:
                continue
            a, b, c = x[i] - shifts[g, 0], y[i] - shifts[g, 1], z[i] - shifts[g, 2]
            if not np.isfinite(a + b + c):
                a = _settle(x[i], shifts, missing, g, 0)
                b = _settle(y[i], shifts, missing, g, 1)
                c = _settle(z[i], shifts, missing, g, 2)
            _add_deviations(a, b, c, g, 6, 4, counts, sums)
        return True

    return accumulate_three


def _compile_add(shifts: Any, n: tuple[int, int], s: tuple[int, int], version: str) -> Any:
    (n_one, n_three), (s_one, s_three) = n, s

    @kernel(
        (
            shifts,
            ID_TABLE_OUT,
            TABLE_OUT,
            ID_TABLE_OUT,
            types.int64,
            types.int64,
            WHOLE_TABLE_OUT,
            TABLE_OUT,
            TABLE_OUT,
            TABLE_OUT,
        ),
        counted=False,
    )
    def add_records(shifts, counts, sums, missing, first, base, out_n, out_shifts, out_offsets, out_sums):  # type: ignore[no-untyped-def]
        """Puts records together with what there is, column by column."""
        _ = version
        columns = missing.shape[1]
        at_n, at_sums = (n_one, s_one) if columns == 1 else (n_three, s_three)
        for j in range(columns):
            for g in range(sums.shape[0]):
                n = np.int64(counts[g, at_n]) - missing[g, j]
                offset, squares = of_deviations(n, sums[g, at_sums + j], sums[g, at_sums + columns + j])
                at = first + j, base + g
                add_part(
                    at, n, np.float64(shifts[g, j]), offset, squares, out_n, out_shifts, out_offsets, out_sums
                )

    return add_records


# Where the parts of a record are: float32 shifts and the number of rows in front share 8 bytes of one column,
# 16 of three; float64 ones have 8 bytes each.
_WIDTH = {(1, True): 3, (3, True): 8, (1, False): 4, (3, False): 10}
_VERSION = version_of(of_deviations, add_part)
_MOVE = {
    "i": _compile_move(IDS_IN, IDS_OUT),
    "f": _compile_move(SINGLES_IN, SINGLES_OUT),
    "d": _compile_move(FLOATS_IN, FLOATS_OUT),
}
_ADD_SINGLES = _compile_add(SINGLE_TABLE_OUT, (1, 3), (1, 2), _VERSION)
_ADD_DOUBLES = _compile_add(TABLE_OUT, (2, 6), (2, 4), _VERSION)
_KERNELS = {
    (1, True): (_compile_one(SINGLES_IN, SINGLE_TABLE_OUT, 1, 1), _ADD_SINGLES),
    (3, True): (_compile_three_singles(record_lines.VERSION), _ADD_SINGLES),
    (1, False): (_compile_one(FLOATS_IN, TABLE_OUT, 2, 2), _ADD_DOUBLES),
    (3, False): (_compile_three_doubles(), _ADD_DOUBLES),
}
