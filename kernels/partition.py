"""Rows brought together by group: a counting sort in two levels, three metrics at a time.

First, rows go into buckets of neighbouring groups, each small enough to stay in a core's cache; then each
bucket is sorted by group in there, where scattered writes are cheap. Rows keep their order within a group,
so that the result is the same for any number of threads.

A row is four numbers of the metrics' type: its group's number within the bucket, and three metrics. Rows on
their way to the buckets are collected until they fill a line of the cache and then stored past the caches.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import types
from numpy.typing import NDArray

from .jit import FLOATS_IN, IDS_IN, SINGLES_IN, STATUS_IN, WHOLES_OUT, kernel, uncounted, version_of
from .row_stores import LINE, ROW, store_row, stream_line, stream_row
from .threads import each_chunk

Floats = NDArray[np.float32] | NDArray[np.float64]

METRICS = ROW - 1
HELD = 16  # rows of a bucket before they are stored: fewer, and the branch is guessed wrongly more often
BUCKET_ROWS = 2**14
MOST_BUCKETS = 2**10
CHUNK_ROWS = 2**18
MOST_CHUNKS = 16
FEW = 2**15  # groups, up to which each is counted at once: beyond, counters leave the cache
LARGEST_SHIFT = 23  # numbers below 2**24 are exact in float32


@dataclass(frozen=True, slots=True)
class Partition:
    """Rows by bucket: bucket b has ``rows[starts[b]:starts[b + 1]]``, and b << shift is its first group."""

    rows: Floats  # [n, 4]: the group's number within its bucket, three metrics; NaN where left out
    starts: NDArray[np.int64]  # [buckets + 1]
    shift: int
    sizes: NDArray[
        np.int64
    ]  # rows of each group, and of none beyond the last; empty where they weren't counted


def partition(
    ids: NDArray[np.int32],
    columns: Sequence[Floats],
    n_groups: int,
    status: NDArray[np.int8],
    threads: int,
    space: NDArray[np.uint8],
) -> Partition:
    """The rows of one to three ``columns`` [n] by bucket; an absent column is the first one again.

    ``status`` is int8[n] or empty; rows where it is not 0 become NaN. The rows lie in ``space``, of at least
    ``bytes_of`` them. Raises ValueError for ids out of range.
    """
    shift = _bucket_shift(ids.size, n_groups)
    buckets = (n_groups >> shift) + 1
    chunks = min(ids.size // CHUNK_ROWS + 1, MOST_CHUNKS)
    borders = np.linspace(0, ids.size, chunks + 1).astype(np.int64)
    finest = 0 if n_groups <= FEW else shift
    counts = np.zeros((chunks, buckets << (shift - finest)), np.int64)
    within = np.zeros(chunks, np.bool_)

    def count(chunk: int) -> None:
        a, b = borders[chunk], borders[chunk + 1]
        within[chunk] = _count_buckets(ids[a:b], n_groups, finest, counts[chunk])

    each_chunk(count, chunks, threads)
    if not within.all():
        raise ValueError(f"ids must lie between 0 and n_groups - 1, {n_groups - 1}")
    sizes = counts.sum(axis=0) if finest < shift else np.empty(0, np.int64)
    counts = counts.reshape(chunks, buckets, -1).sum(axis=2)
    ends = counts.T.cumsum().reshape(buckets, chunks).T
    first = np.ascontiguousarray(ends - counts)
    rows = rows_in(space, ids.size, columns[0].dtype)
    a, b, c = (*columns, *[columns[0]] * (METRICS - len(columns)))
    fill = _FILL[columns[0].dtype]

    def scatter(chunk: int) -> None:
        part = slice(borders[chunk], borders[chunk + 1])
        lines = aligned_rows(buckets * HELD, rows.dtype)
        places = first[chunk].copy()
        fill(ids[part], status[part], a[part], b[part], c[part], shift, first[chunk], places, lines, rows)

    each_chunk(scatter, chunks, threads)
    return Partition(rows, np.append(first[0], ids.size), shift, sizes)


def _bucket_shift(rows: int, n_groups: int) -> int:
    """How many bits of a group's number tell it from the others of its bucket."""
    buckets = min(max(rows // BUCKET_ROWS, 1), MOST_BUCKETS)
    return min(max((n_groups - 1) // buckets, 0).bit_length(), LARGEST_SHIFT)


def aligned_rows(n: int, dtype: np.dtype[Any]) -> Floats:
    """An array [n, 4] that starts at a line of the cache, not filled."""
    return rows_in(np.empty(bytes_of(n, dtype), np.uint8), n, dtype)


def bytes_of(n: int, dtype: np.dtype[Any]) -> int:
    """The bytes in which ``n`` rows find room that starts at a line of the cache."""
    return n * ROW * dtype.itemsize + LINE


def rows_in(space: NDArray[np.uint8], n: int, dtype: np.dtype[Any]) -> Floats:
    """An array [n, 4] in ``space`` that starts at a line of the cache."""
    start = -space.ctypes.data % LINE
    return space[start : start + n * ROW * dtype.itemsize].view(dtype).reshape(n, ROW)


@kernel((IDS_IN, types.int64, types.int64, WHOLES_OUT), counted=False)
def _count_buckets(ids, n_groups, shift, counts):  # type: ignore[no-untyped-def]
    """Counts the rows of each bucket; False where an id is out of range."""
    last, largest = np.uint32(max(n_groups - 1, 0)), np.uint32(0)
    for i in range(ids.size):
        g = np.uint32(ids[i])
        largest = max(largest, g)
        counts[np.uint64(min(g, last)) >> np.uint64(shift)] += 1
    return ids.size == 0 or (n_groups > 0 and largest <= last)


@uncounted
def _flush(lines, bucket, rows, first, end):  # type: ignore[no-untyped-def]
    """Streams rows ``first`` … ``end`` − 1 out of the line of ``bucket``."""
    for r in range(first, end):
        line = np.uint64(bucket * HELD + (r & (HELD - 1)))
        stream_row(rows, r, lines[line, 0], lines[line, 1], lines[line, 2], lines[line, 3])


@uncounted
def _flush_all(lines, bucket, rows, first, start):  # type: ignore[no-untyped-def]
    """Streams the rows from ``start`` on out of what ``bucket`` holds; its own begin at ``first``."""
    if start < first:
        _flush(lines, bucket, rows, first, start + HELD)
        return
    step = LINE // (ROW * lines.itemsize)
    for r in range(0, HELD, step):
        stream_line(lines, bucket * HELD + r, rows, start + r)


def _compile_fill(column: Any, version: str) -> Any:
    table = types.Array(column.dtype, 2, "C")
    buffers = (WHOLES_OUT, WHOLES_OUT, table, table)

    @kernel((IDS_IN, STATUS_IN, *[column] * METRICS, types.int64, *buffers), counted=False)
    def fill(ids, status, a, b, c, shift, first, places, lines, rows):  # type: ignore[no-untyped-def]
        """Fills the rows of one chunk, from ``first`` on in each bucket; ``places`` is a copy of it."""
        _ = version
        missing = rows.dtype.type(np.nan)
        mask = np.uint64((1 << shift) - 1)
        for i in range(ids.size):
            g = np.uint64(ids[i])
            kept = status.size == 0 or status[i] == 0
            x, y, z = (a[i], b[i], c[i]) if kept else (missing, missing, missing)
            bucket = np.int64(g >> np.uint64(shift))
            at = places[np.uint64(bucket)]
            places[np.uint64(bucket)] = at + 1
            place = at & (HELD - 1)
            store_row(lines, bucket * HELD + place, rows.dtype.type(g & mask), x, y, z)
            if place == HELD - 1:
                _flush_all(lines, bucket, rows, first[bucket], at - place)
        for rest in range(places.size):
            end = places[rest]
            _flush(lines, rest, rows, max(first[rest], end & -HELD), end)

    return fill


_VERSION = version_of(_flush, _flush_all)
_FILL = {
    np.dtype(np.float32): _compile_fill(SINGLES_IN, _VERSION),
    np.dtype(np.float64): _compile_fill(FLOATS_IN, _VERSION),
}
