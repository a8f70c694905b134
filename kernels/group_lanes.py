"""Summaries of small groups, sixteen side by side: one group in each lane of a SIMD register.

A group of some tens of values is over before a loop along it has begun to pay. Lying across, each step is one
instruction for all of them, and a sorting network, which asks nothing of the values, brings all order
statistics at once. Sums follow the sorted order, so that they have the same bits for any order of rows.

Arrays of lanes are [rows, 16]. Numbers that aren't measured are keys larger than any number's, and NaN.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.core import config
from numba.extending import intrinsic
from numba.np.arrayobj import make_array

from .jit import uncounted, version_of
from .order_statistics import between, fold

LANES = 16
MOST_ROWS = 48  # of a group: beyond, pivots find a quantile sooner than a network sorts


def _lanes_at(context: Any, builder: Any, array: Any, value: Any, row: Any) -> Any:
    """Where the sixteen lanes of a row of ``array`` lie."""
    lanes = ir.VectorType(context.get_data_type(array.dtype), LANES)
    data = make_array(array)(context, builder, value).data  # type: ignore[no-untyped-call]
    return builder.gep(builder.bitcast(data, lanes.as_pointer()), [row])


@intrinsic
def _exchange_lanes(typing, keys, i, j):  # type: ignore[no-untyped-def]
    """In every lane, the smaller of keys i and j becomes key i, the larger key j; neither is checked."""

    def generate(context, builder, signature, arguments):  # type: ignore[no-untyped-def]
        places = [_lanes_at(context, builder, keys, arguments[0], row) for row in arguments[1:]]
        width = keys.dtype.bitwidth // 8
        a, b = (builder.load(place, align=width) for place in places)
        in_order = builder.icmp_signed("<", a, b)
        builder.store(builder.select(in_order, a, b), places[0], align=width)
        builder.store(builder.select(in_order, b, a), places[1], align=width)
        return context.get_dummy_value()

    return types.void(keys, types.intp, types.intp), generate


@intrinsic
def _subtract_lanes(typing, numbers, row, centres, out):  # type: ignore[no-untyped-def]
    """out[row] = numbers[row] − centres[0], in float64; nothing is checked."""

    def generate(context, builder, signature, arguments):  # type: ignore[no-untyped-def]
        values, at, middle, to = arguments
        width = numbers.dtype.bitwidth // 8
        x = builder.load(_lanes_at(context, builder, numbers, values, at), align=width)
        if width < 8:
            x = builder.fpext(x, ir.VectorType(ir.DoubleType(), LANES))
        centre = builder.load(_lanes_at(context, builder, centres, middle, ir.Constant(at.type, 0)), align=8)
        builder.store(builder.fsub(x, centre), _lanes_at(context, builder, out, to, at), align=8)
        return context.get_dummy_value()

    return types.void(numbers, types.intp, centres, out), generate


def _exchange_plainly(keys: Any, i: int, j: int) -> None:
    keys[i], keys[j] = np.minimum(keys[i], keys[j]), np.maximum(keys[i], keys[j])


def _subtract_plainly(numbers: Any, row: int, centres: Any, out: Any) -> None:
    out[row] = numbers[row].astype(np.float64) - centres


exchange: Any
subtract: Any
if config.DISABLE_JIT:  # type: ignore[attr-defined]
    exchange, subtract = _exchange_plainly, _subtract_plainly
else:
    exchange, subtract = _exchange_lanes, _subtract_lanes


@uncounted
def fit_lanes(rows):  # type: ignore[no-untyped-def]
    """Whether groups of up to ``rows`` rows are small."""
    return rows <= MOST_ROWS


@uncounted
def sort_lanes(keys, rows):  # type: ignore[no-untyped-def]
    """Sorts the first ``rows`` keys of every lane, by Batcher's merge exchange (Knuth 5.2.2, algorithm M)."""
    top = 1
    while top + top < rows:
        top += top
    p = top if rows > 1 else 0
    while p > 0:
        q, r, d = top, 0, p
        while d > 0:
            for i in range(rows - d):
                if (i & p) == r:
                    exchange(keys, i, i + d)
            d, q, r = q - p, q >> 1, p
        p >>= 1


@uncounted
def fill_lane(bits, lane, keys, rows):  # type: ignore[no-untyped-def]
    """Fills one lane with ``bits`` and, up to ``rows``, with keys of no number."""
    for i in range(bits.size):
        keys[np.uint64(i), np.uint64(lane)] = bits[np.uint64(i)]
    for i in range(bits.size, rows):
        keys[np.uint64(i), np.uint64(lane)] = np.iinfo(keys.dtype).max


@uncounted
def sort_numbers(bits, keys, rows, infinite):  # type: ignore[no-untyped-def]
    """Sorts the numbers of every lane; ``bits`` is ``keys``, flat, ``infinite`` the bits of infinity."""
    least = bits.dtype.type(np.iinfo(bits.dtype).min)
    most = bits.dtype.type(np.iinfo(bits.dtype).max)
    for i in range(bits.size):
        key = bits[i] if bits[i] >= 0 else least - bits[i]
        bits[i] = key if abs(key) < infinite else most
    sort_lanes(keys, rows)
    fold(bits)


@uncounted
def add_lanes(x, rows):  # type: ignore[no-untyped-def]
    """Adds the first ``rows`` rows of every lane up into the first, by halves; x is flat."""
    while rows > 1:
        half = rows >> 1
        above = x[(rows - half) * LANES : rows * LANES]
        for i in range(above.size):
            x[i] += above[i]
        rows -= half


@uncounted
def lane_sums(numbers, rows, work):  # type: ignore[no-untyped-def]
    """Adds up the numbers of every lane in the first row of ``work``; both are flat."""
    for i in range(rows * LANES):
        x = np.float64(numbers[i])
        work[i] = x if x == x else 0.0
    add_lanes(work, rows)


@uncounted
def lane_squares(numbers, rows, means, table, work):  # type: ignore[no-untyped-def]
    """The same of squared deviations from each lane's mean; ``work`` is ``table`` [rows, 16], flat."""
    for row in range(rows):
        subtract(numbers, row, means, table)
    for i in range(rows * LANES):
        work[i] = work[i] * work[i] if work[i] == work[i] else 0.0
    add_lanes(work, rows)


@uncounted
def measured(numbers, lane, size):  # type: ignore[no-untyped-def]
    """How many of the ``size`` sorted values of a lane are numbers."""
    while size > 0 and numbers[size - 1, lane] != numbers[size - 1, lane]:
        size -= 1
    return size


@uncounted
def lane_quantile(numbers, lane, size, q):  # type: ignore[no-untyped-def]
    """Quantile ``q`` of the ``size`` sorted numbers of a lane, linear between neighbours."""
    place = (size - 1) * q
    k = np.int64(place)
    a = np.float64(numbers[k, lane])
    return a if place == k else between(a, np.float64(numbers[k + 1, lane]), place - k)


@uncounted
def sort_deviations(numbers, rows, centres, table, keys, flat):  # type: ignore[no-untyped-def]
    """Fills ``table`` with |x − centre|, sorted in every lane; its bits are ``keys``, and ``flat``."""
    for row in range(rows):
        subtract(numbers, row, centres, table)
    for i in range(rows * LANES):
        flat[i] &= np.iinfo(np.int64).max  # the bits of an absolute value
    sort_lanes(keys, rows)


VERSION = version_of(
    fit_lanes,
    sort_lanes,
    fill_lane,
    sort_numbers,
    add_lanes,
    lane_sums,
    lane_squares,
    measured,
    lane_quantile,
    sort_deviations,
    between,
    fold,
)
