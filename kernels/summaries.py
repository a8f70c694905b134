"""Moments and quantiles of every group in one pass: what ``group_statistics`` and ``group_quantiles`` share.

Rows are partitioned by group (``partition.py``); each group's values are then summed up and its quantiles
selected while they lie in the cache: one by one (``order_statistics.py``), or sixteen neighbours at once if
they are small (``group_lanes.py``). The first pivots are those quantiles that normal numbers with the group's
mean and variance would have.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist
from typing import Any

import numpy as np
from numba import types
from numpy.typing import ArrayLike, NDArray

from . import group_lanes, order_statistics, partition
from .columns import group_count, id_column, metric_columns, status_column
from .group_lanes import (
    LANES,
    MOST_ROWS,
    fill_lane,
    fit_lanes,
    lane_quantile,
    lane_squares,
    lane_sums,
    measured,
    sort_deviations,
    sort_numbers,
)
from .jit import (
    CUBE_OUT,
    FLOATS_OUT,
    TABLE_IN,
    TABLE_OUT,
    WHOLE_TABLE_OUT,
    WHOLES_IN,
    WHOLES_OUT,
    kernel,
    uncounted,
    version_of,
)
from .order_statistics import (
    fill_deviations,
    fill_keys,
    keep_measured,
    key_of,
    mean_of,
    quantile,
    squares_about,
    whole_blocks,
)
from .partition import METRICS, Partition, aligned_rows, sort_bucket
from .row_stores import ROW
from .threads import each_chunk

Floats = NDArray[np.float64]

COUNT, MEAN, VARIANCE, MAD, QUANTILES = range(5)  # places in a summary; quantiles are the rest of it
CHUNKS = 32  # of buckets
MISGUESS = 0.5  # by how many standard errors of a quantile the first two pivots stand off their guess
NORMAL_MAD = 0.67449  # of a standard deviation
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
) -> Floats:
    """float64[c, n_groups, 4 + len(q)]: count, mean, variance, MAD (NaN without ``mad``), quantiles ``q``."""
    groups, rows = group_count(n_groups), id_column("ids", ids)
    columns = metric_columns("values", values, rows.size)
    left_out = np.empty(0, np.int8) if status is None else status_column("status", status, rows.size)
    found = np.empty((len(columns), groups, QUANTILES + len(q)))
    guesses = _normal_guesses(q)
    for first in range(0, len(columns), METRICS):
        block = slice(first, first + METRICS)
        parts = partition.partition(rows, columns[block], groups, left_out, threads)
        _summarise(parts, guesses, found[block], mad, threads)
    return found


def _normal_guesses(q: Sequence[float]) -> Floats:
    """float64[3, len(q)]: each q, its quantile of standard normal numbers, and √n times how far that errs."""
    normal = NormalDist()
    z = [normal.inv_cdf(min(max(p, TAIL), 1 - TAIL)) for p in q]
    errors = [MISGUESS * math.sqrt(p * (1 - p)) / normal.pdf(x) for p, x in zip(q, z, strict=True)]
    return np.array([q, z, errors]).reshape(3, len(q))


def _summarise(parts: Partition, guesses: Floats, found: Floats, mad: bool, threads: int) -> None:
    """Fills ``found``; the buckets of a chunk share their buffers."""
    floats = parts.rows.dtype
    integers = np.dtype(f"i{floats.itemsize}")
    largest = int(np.diff(parts.starts).max(initial=0))
    borders = np.linspace(0, parts.starts.size - 1, CHUNKS + 1).astype(np.int64)

    def work(chunk: int) -> None:
        values = np.empty(METRICS * largest, floats)
        keys = np.empty(whole_blocks(largest) + 1, integers)
        deviations = np.empty(whole_blocks(largest) + 1 if mad else 1)
        buffers = (
            np.empty(1 << parts.shift, np.int64),
            *(values, values.view(integers), keys.view(floats), keys),
            *(deviations, deviations.view(np.int64)),
            _lanes(floats),
        )
        a, b = borders[chunk], borders[chunk + 1]
        _FILL[floats](parts.rows, parts.starts, parts.shift, a, b, guesses, mad, *buffers, found)

    each_chunk(work, CHUNKS, threads)


def _lanes(floats: np.dtype[Any]) -> tuple[NDArray[Any], ...]:
    """Buffers of lanes: numbers and keys, both as tables and flat; deviations alike; means or medians."""
    numbers, deviations = (
        aligned_rows(MOST_ROWS * LANES // ROW, dtype).reshape(MOST_ROWS, LANES)
        for dtype in (floats, np.dtype(np.float64))
    )
    keys = numbers.view(f"i{floats.itemsize}")
    deviation_keys = deviations.view(np.int64)
    return (
        *(numbers, keys, numbers.reshape(-1), keys.reshape(-1)),
        *(deviations, deviation_keys, deviations.reshape(-1), deviation_keys.reshape(-1)),
        np.full(LANES, np.nan),
    )


@uncounted
def _moments(x, out):  # type: ignore[no-untyped-def]
    """Moves the measured values of ``x`` to its front if there are others; gives their number and sd."""
    size, mean = x.size, mean_of(x)
    if mean - mean != 0.0:
        size = keep_measured(x)
        mean = mean_of(x[:size])
    squares = squares_about(x[:size], mean)
    out[COUNT], out[MEAN] = size, mean
    out[VARIANCE] = squares / (size - 1) if size > 1 else np.nan
    return size, np.sqrt(squares / size) if size > 0 else np.nan


@uncounted
def _fill_quantiles(bits, sd, guesses, numbers, keys, out):  # type: ignore[no-untyped-def]
    """Fills the quantiles of the numbers of ``bits``, with two views of one buffer."""
    size = bits.size
    padded, number, key = keys[: whole_blocks(size)], numbers[-1:], keys[-1:]
    low, high = fill_keys(bits, padded)
    for i in range(guesses.shape[1]):
        guess, error = out[MEAN] + guesses[1, i] * sd, guesses[2, i] * sd / np.sqrt(size)
        q = guesses[0, i]
        out[QUANTILES + i] = quantile(padded, size, q, low, high, guess, error, number, key)


@uncounted
def _median_deviation(x, centre, sd, deviations, keys):  # type: ignore[no-untyped-def]
    """The median of |x − centre|, with two views of one buffer."""
    padded, number, key = keys[: whole_blocks(x.size)], deviations[-1:], keys[-1:]
    fill_deviations(x, centre, deviations, padded)
    high = key_of(np.inf, number, key)
    guess, error = NORMAL_MAD * sd, MISGUESS * sd / np.sqrt(x.size)
    return quantile(padded, x.size, 0.5, 0, high, guess, error, number, key)


@uncounted
def _fill_group(values, bits, guesses, mad, numbers, keys, deviations, deviation_keys, out):  # type: ignore[no-untyped-def]
    """Fills the summary of one group."""
    out[:] = np.nan
    size, sd = _moments(values, out)
    if size > 0:
        _fill_quantiles(bits[:size], sd, guesses, numbers, keys, out)
    if size > 0 and mad:
        out[MAD] = _median_deviation(values[:size], out[QUANTILES], sd, deviations, deviation_keys)


@uncounted
def _fill_groups(bits, ends, first, last, offset, rows, guesses, mad, infinite, lanes, found):  # type: ignore[no-untyped-def]
    """Fills the summaries of groups ``first`` … ``last`` − 1, of up to ``rows`` rows, side by side."""
    numbers, keys, flat_numbers, flat_keys, table, table_keys, work, work_keys, centres = lanes
    for lane in range(LANES):
        g = min(first + lane, last)
        a = ends[g - 1] if g > 0 else 0
        fill_lane(bits[offset + a : offset + (ends[g] if g < last else a)], lane, keys, rows)
    sort_numbers(flat_keys[: rows * LANES], keys, rows, infinite)
    lane_sums(flat_numbers, rows, work)
    a = ends[first - 1] if first > 0 else 0
    for g in range(first, last):
        lane, out = g - first, found[g]
        size = measured(numbers, lane, ends[g] - a)
        a = ends[g]
        out[COUNT], out[MAD] = size, np.nan
        centres[lane] = out[MEAN] = work[lane] / size if size > 0 else np.nan
        for i in range(guesses.shape[1]):
            out[QUANTILES + i] = lane_quantile(numbers, lane, size, guesses[0, i]) if size > 0 else np.nan
    lane_squares(numbers, rows, centres, table, work)
    for g in range(first, last):
        lane, out = g - first, found[g]
        out[VARIANCE] = work[lane] / (out[COUNT] - 1.0) if out[COUNT] > 1.0 else np.nan
        if mad:
            centres[lane] = out[QUANTILES]
    if mad:
        sort_deviations(numbers, rows, centres, table, table_keys, work_keys)
        for g in range(first, last):
            size = np.int64(found[g, COUNT])
            found[g, MAD] = lane_quantile(table, g - first, size, 0.5) if size > 0 else np.nan


@uncounted
def _most_rows(ends, first, last):  # type: ignore[no-untyped-def]
    """How many rows the largest of those groups has."""
    a, most = ends[first - 1] if first > 0 else 0, 0
    for g in range(first, last):
        most, a = max(most, ends[g] - a), ends[g]
    return most


def _compile(floats: Any, integers: Any, version: str) -> Any:
    values, keys = types.Array(floats, 1, "C"), types.Array(integers, 1, "C")
    row_range = (types.Array(floats, 2, "C"), WHOLES_IN, types.int64, types.int64, types.int64)
    lane_numbers = (types.Array(floats, 2, "C"), types.Array(integers, 2, "C"), values, keys)
    lane_work = (TABLE_OUT, WHOLE_TABLE_OUT, FLOATS_OUT, WHOLES_OUT, FLOATS_OUT)
    lane_buffers = types.Tuple((*lane_numbers, *lane_work))  # type: ignore[no-untyped-call]
    buffers = (WHOLES_OUT, values, keys, values, keys, FLOATS_OUT, WHOLES_OUT, lane_buffers)
    infinite = int(np.array(np.inf, str(floats)).view(str(integers)))

    @kernel((*row_range, TABLE_IN, types.boolean, *buffers, CUBE_OUT), counted=False)
    def fill(  # type: ignore[no-untyped-def]
        rows, starts, shift, first, end, guesses, mad,
        ends, values, bits, numbers, keys, deviations, deviation_keys, lanes, found,
    ):  # fmt: skip
        """Fills the summaries of the groups in buckets ``first`` … ``end`` − 1."""
        _ = version
        for bucket in range(first, end):
            part = rows[starts[bucket] : starts[bucket + 1]]
            base = bucket << shift
            groups = min(1 << shift, found.shape[1] - base)
            sort_bucket(part, ends[:groups], values)
            for j in range(found.shape[0]):
                offset, out = j * part.shape[0], found[j, base : base + groups]
                for g in range(0, groups, LANES):
                    last = min(g + LANES, groups)
                    most = _most_rows(ends, g, last)
                    if fit_lanes(most):
                        _fill_groups(bits, ends, g, last, offset, most, guesses, mad, infinite, lanes, out)
                        continue
                    for one in range(g, last):
                        a, b = offset + (ends[one - 1] if one > 0 else 0), offset + ends[one]
                        x, x_bits = values[a:b], bits[a:b]
                        _fill_group(
                            x, x_bits, guesses, mad, numbers, keys, deviations, deviation_keys, out[one]
                        )

    return fill


_OWN = (sort_bucket, _moments, _fill_quantiles, _median_deviation, _fill_group, _fill_groups, _most_rows)
_VERSION = order_statistics.VERSION + group_lanes.VERSION + version_of(*_OWN)
_FILL = {
    np.dtype(np.float32): _compile(types.float32, types.int32, _VERSION),
    np.dtype(np.float64): _compile(types.float64, types.int64, _VERSION),
}
