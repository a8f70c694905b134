"""Moments and quantiles of every group in one pass: what ``group_statistics`` and ``group_quantiles`` share.

Rows are brought together by group (``partition.py``, ``bucket_sort.py``); each group's values are then summed
up and its quantiles selected while they lie in the cache: group by group (``group_summary.py``), or sixteen
neighbours at once if they are small (``group_lanes.py``).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist
from typing import Any

import numpy as np
from numba import types
from numpy.typing import ArrayLike, NDArray

from . import bucket_sort, group_lanes, group_summary, partition
from .bucket_sort import most_rows, room_for, sort_bucket
from .columns import group_count, id_column, metric_columns, status_column
from .group_lanes import (
    LANES,
    lane_deviation,
    lane_quantile,
    lane_sums,
    measured,
    networks,
    number_in,
    sort_numbers,
)
from .group_summary import MAD, MEAN, QUANTILES, VARIANCE, fill_group, level_in
from .jit import (
    CUBE_OUT,
    FLOATS_OUT,
    TABLE_IN,
    WHOLE_TABLE_OUT,
    WHOLES_IN,
    WHOLES_OUT,
    kernel,
    uncounted,
    version_of,
)
from .order_statistics import whole_blocks
from .partition import METRICS, Partition, aligned_rows
from .row_stores import ROW
from .threads import each_chunk
from .windows import LINE
from .workspace import Workspace

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

CHUNKS = 32  # of buckets
TAIL = 0.001  # no guess is farther out


def summaries(
    ids: ArrayLike,
    values: ArrayLike | Sequence[ArrayLike],
    n_groups: int,
    status: ArrayLike | None,
    q: Sequence[float],
    *,
    mad: bool,
    threads: int,
    work: Workspace | None = None,
    reaches: Sequence[float] | None = None,
) -> tuple[Counts, Floats]:
    """int64[c, n_groups]: counts, and float64[3 + len(q), c, n_groups]: mean, variance, MAD (NaN without
    ``mad``), quantiles ``q``; of a group of n values each at q + reach/√n, where there are ``reaches``.
    """
    groups, rows = group_count(n_groups), id_column("ids", ids)
    columns = metric_columns("values", values, rows.size)
    left_out = np.empty(0, np.int8) if status is None else status_column("status", status, rows.size)
    counts = np.empty((len(columns), groups), np.int64)
    found = np.empty((QUANTILES + len(q), len(columns), groups))
    guesses = _normal_guesses(q, reaches or [0.0] * len(q))
    size = partition.bytes_of(rows.size, columns[0].dtype) if columns else 0
    with (work or Workspace()).room(size) as space:
        for first in range(0, len(columns), METRICS):
            block = columns[first : first + METRICS]
            parts = partition.partition(rows, block, groups, left_out, threads, space)
            _summarise(parts, guesses, range(first, first + len(block)), counts, found, mad, threads)
    return counts, found


def _normal_guesses(q: Sequence[float], reaches: Sequence[float]) -> Floats:
    """float64[4, len(q)]: each q, its quantile of standard normal numbers, √n times how far that errs, and
    its reach.

    What mean and standard deviation of the same numbers tell about their quantile is taken off its error.
    """
    normal = NormalDist()
    z = [normal.inv_cdf(min(max(p, TAIL), 1 - TAIL)) for p in q]
    errors = [
        math.sqrt(max(p * (1 - p) / normal.pdf(x) ** 2 - 1 - x * x / 2, TAIL))
        for p, x in zip(q, z, strict=True)
    ]
    return np.array([q, z, errors, reaches]).reshape(4, len(q))


def _summarise(
    parts: Partition, guesses: Floats, columns: range, counts: Counts, found: Floats, mad: bool, threads: int
) -> None:
    """Fills ``columns`` of counts and summaries; the buckets of a chunk share their buffers."""
    floats = parts.rows.dtype
    integers = np.dtype(f"i{floats.itemsize}")
    largest = int(np.diff(parts.starts).max(initial=0))
    groups = -(-(1 << parts.shift) // LANES) * LANES
    room = room_for(largest, groups)
    borders = np.linspace(0, parts.starts.size - 1, CHUNKS + 1).astype(np.int64)

    def work(chunk: int) -> None:
        values = aligned_rows((METRICS * room + LINE) // ROW, floats).reshape(-1)
        keys = np.empty(whole_blocks(largest) + LINE, integers)
        deviations = np.empty(whole_blocks(largest) + 1 if mad else 1)
        buffers = (
            *np.empty((3, groups), np.int64),
            *(values, values.view(integers), keys.view(floats), keys),
            *(deviations, deviations.view(np.int64)),
            *(np.empty(LANES, np.int64), *np.empty((3, LANES)), *networks()),
        )
        bounds = borders[chunk], borders[chunk + 1], columns.start, columns.stop
        _FILL[floats](
            parts.rows,
            parts.starts,
            parts.shift,
            parts.sizes,
            *bounds,
            room,
            guesses,
            mad,
            *buffers,
            counts,
            found,
        )

    each_chunk(work, CHUNKS, threads)


@uncounted
def _fill_lanes(numbers, bits, rows, sizes, guesses, mad, infinite, lanes, j, first, last, counts, found):  # type: ignore[no-untyped-def]
    """Fills the summaries of groups ``first`` … ``last`` − 1, which lie in lanes of up to ``rows`` rows."""
    kept, shifts, totals, squares, exchanges, begins = lanes
    sort_numbers(bits, exchanges[begins[rows] : begins[rows + 1]], infinite)
    for lane in range(LANES):
        size = kept[lane] = measured(numbers, lane, sizes[lane])
        shifts[lane] = number_in(numbers, lane, (size - 1) >> 1) if size > 0 else np.nan
    lane_sums(numbers, rows, shifts, totals, squares)
    for g in range(first, last):
        lane = g - first
        size = kept[lane]
        counts[j, g] = size
        offset = totals[lane] / size if size > 0 else np.nan
        found[MEAN, j, g] = shifts[lane] + offset
        rest = max(squares[lane] - totals[lane] * offset, 0.0)
        found[VARIANCE, j, g] = rest / (size - 1) if size > 1 else np.nan
        found[MAD, j, g] = np.nan
    for i in range(guesses.shape[1]):
        for g in range(first, last):
            size = kept[g - first]
            q = level_in(guesses[0, i], guesses[3, i], size) if size > 0 else 0.0
            found[QUANTILES + i, j, g] = lane_quantile(numbers, g - first, size, q) if size > 0 else np.nan
    if mad:
        for g in range(first, last):
            size = kept[g - first]
            if size > 0:
                found[MAD, j, g] = lane_deviation(numbers, g - first, size, found[QUANTILES, j, g])


def _compile(floats: Any, integers: Any, version: str) -> Any:
    values, keys = types.Array(floats, 1, "C"), types.Array(integers, 1, "C")
    row_range = (types.Array(floats, 2, "C"), WHOLES_IN, types.int64, WHOLES_OUT, *[types.int64] * 5)
    group_buffers = (WHOLES_OUT, WHOLES_OUT, WHOLES_OUT, values, keys, values, keys, FLOATS_OUT, WHOLES_OUT)
    networks_in = (types.Array(types.uint8, 2, "C"), WHOLES_OUT)
    lane_buffers = (WHOLES_OUT, FLOATS_OUT, FLOATS_OUT, FLOATS_OUT, *networks_in)
    signature = (
        *row_range,
        TABLE_IN,
        types.boolean,
        *group_buffers,
        *lane_buffers,
        WHOLE_TABLE_OUT,
        CUBE_OUT,
    )
    infinite = int(np.array(np.inf, str(floats)).view(str(integers)))

    @kernel(signature, counted=False)
    def fill(  # type: ignore[no-untyped-def]
        rows, starts, shift, known, bucket, end, column, last_column, room, guesses, mad,
        sizes, places, steps, values, bits, numbers, keys, deviations, deviation_keys,
        kept, shifts, totals, squares, exchanges, begins, counts, found,
    ):  # fmt: skip
        """Fills the summaries of the groups in buckets up to ``end``."""
        _ = version
        for b in range(bucket, end):
            base = b << shift
            groups = min(1 << shift, counts.shape[1] - base)
            whole = (groups + LANES - 1) & -LANES
            part, its = rows[starts[b] : starts[b + 1]], known[base : base + groups]
            sort_bucket(part, its, sizes[:whole], places, steps, room, values)
            for j in range(column, last_column):
                offset = (j - column) * room
                for first in range(0, groups, LANES):
                    last = min(first + LANES, groups)
                    if steps[first] == LANES:
                        most = most_rows(sizes, first)
                        start = offset + places[first] - sizes[first] * LANES
                        x, x_bits = values[start : start + most * LANES], bits[start : start + most * LANES]
                        lanes = kept, shifts, totals, squares, exchanges, begins
                        _fill_lanes(
                            x,
                            x_bits,
                            most,
                            sizes[first : first + LANES],
                            guesses,
                            mad,
                            infinite,
                            lanes,
                            j,
                            base + first,
                            base + last,
                            counts,
                            found,
                        )
                        continue
                    for g in range(first, last):
                        stop = offset + places[g]
                        x, x_bits = values[stop - sizes[g] : stop], bits[stop - sizes[g] : stop]
                        fill_group(
                            x,
                            x_bits,
                            guesses,
                            mad,
                            numbers,
                            keys,
                            deviations,
                            deviation_keys,
                            j,
                            base + g,
                            counts,
                            found,
                        )

    return fill


_PARTS = bucket_sort.VERSION + group_lanes.VERSION + group_summary.VERSION
_VERSION = _PARTS + version_of(_fill_lanes)
_FILL = {
    np.dtype(np.float32): _compile(types.float32, types.int32, _VERSION),
    np.dtype(np.float64): _compile(types.float64, types.int64, _VERSION),
}
