"""Summaries of small groups, sixteen side by side: one group in each lane of a SIMD register.

A group of some tens of values is over before a loop along it has begun to pay. Lying across, each step is one
instruction for all of them, and a sorting network, which asks nothing of the values, brings all order
statistics at once. Sums follow the sorted order, so that they have the same bits for any order of rows.

Arrays of lanes are flat: sixteen first values, sixteen second ones, and so on, in as many rows as the largest
of the groups has. Numbers that aren't measured are keys larger than any number's, and NaN.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils, config
from numba.extending import intrinsic
from numba.np.arrayobj import make_array
from numpy.typing import NDArray

from .jit import uncounted, version_of
from .order_statistics import between, fold

LANES = 16
MOST_ROWS = 96  # of a group: beyond, pivots find a quantile sooner than a network sorts


def _lanes_at(context: Any, builder: Any, array: Any, value: Any, row: Any) -> Any:
    """Where the sixteen lanes of a row of ``array`` lie."""
    lanes = ir.VectorType(context.get_data_type(array.dtype), LANES)
    data = make_array(array)(context, builder, value).data  # type: ignore[no-untyped-call]
    return builder.gep(builder.bitcast(data, lanes.as_pointer()), [row])


def _emit_exchange(builder: Any, place: Any, other: Any, width: int) -> None:
    a, b = builder.load(place, align=width), builder.load(other, align=width)
    in_order = builder.icmp_signed("<", a, b)
    builder.store(builder.select(in_order, a, b), place, align=width)
    builder.store(builder.select(in_order, b, a), other, align=width)


@intrinsic
def _exchange_lanes(typing, keys, i, j):  # type: ignore[no-untyped-def]
    """In every lane, the smaller of keys i and j becomes key i, the larger key j; neither is checked."""

    def generate(context, builder, signature, arguments):  # type: ignore[no-untyped-def]
        place, other = (_lanes_at(context, builder, keys, arguments[0], row) for row in arguments[1:])
        _emit_exchange(builder, place, other, keys.dtype.bitwidth // 8)
        return context.get_dummy_value()

    return types.void(keys, types.intp, types.intp), generate


def _emit_sums(builder: Any, x: Any, shift: Any, total: Any, square: Any) -> None:
    x = builder.fpext(x, shift.type) if x.type != shift.type else x
    nothing = ir.Constant(shift.type, [0.0] * LANES)
    known = builder.fcmp_ordered("ord", x, x)
    deviation = builder.select(known, builder.fsub(x, shift), nothing)
    builder.store(builder.fadd(builder.load(total), deviation), total)
    builder.store(builder.fadd(builder.load(square), builder.fmul(deviation, deviation)), square)


@intrinsic
def _sum_lanes(typing, numbers, rows, shifts, totals, squares):  # type: ignore[no-untyped-def]
    """Of every lane, the sums of deviations from its shift and of their squares, over all that are no NaN."""

    def generate(context, builder, signature, arguments):  # type: ignore[no-untyped-def]
        values, size, *rest = arguments
        start = ir.IntType(64)(0)
        places = [_lanes_at(context, builder, totals, array, start) for array in rest]
        shift = builder.load(places[0], align=8)
        nothing = ir.Constant(shift.type, [0.0] * LANES)
        sums = [cgutils.alloca_once_value(builder, nothing) for _ in range(2)]  # type: ignore[no-untyped-call]
        with cgutils.for_range(builder, size) as row:
            here = _lanes_at(context, builder, numbers, values, row.index)
            _emit_sums(builder, builder.load(here, align=numbers.dtype.bitwidth // 8), shift, *sums)
        for total, place in zip(sums, places[1:], strict=True):
            builder.store(builder.load(total), place, align=8)
        return context.get_dummy_value()

    return types.void(numbers, types.intp, shifts, totals, squares), generate


def _exchange_plainly(keys: Any, i: int, j: int) -> None:
    a, b = (slice(row * LANES, (row + 1) * LANES) for row in (i, j))
    keys[a], keys[b] = np.minimum(keys[a], keys[b]), np.maximum(keys[a], keys[b])


def _sum_plainly(numbers: Any, rows: int, shifts: Any, totals: Any, squares: Any) -> None:
    totals[:], squares[:] = 0.0, 0.0
    for row in range(rows):
        deviation = numbers[row * LANES : (row + 1) * LANES].astype(np.float64) - shifts
        deviation[np.isnan(deviation)] = 0.0
        totals += deviation
        squares += deviation * deviation


exchange: Any
lane_sums: Any
if config.DISABLE_JIT:  # type: ignore[attr-defined]
    exchange, lane_sums = _exchange_plainly, _sum_plainly
else:
    exchange, lane_sums = _exchange_lanes, _sum_lanes


def _exchanges(rows: int) -> NDArray[np.uint8]:
    """uint8[n, 2]: which rows are exchanged to sort ``rows`` of them, by Batcher's merge exchange.

    Source: Knuth, The Art of Computer Programming 5.2.2, algorithm M.
    """
    top = 1 << max((rows - 1).bit_length() - 1, 0)
    pairs, p = [np.empty((0, 2), np.int64)], top if rows > 1 else 0
    while p > 0:
        q, r, d = top, 0, p
        while d > 0:
            first = np.arange(rows - d)
            first = first[(first & p) == r]
            pairs.append(np.column_stack([first, first + d]))
            d, q, r = q - p, q >> 1, p
        p >>= 1
    return np.concatenate(pairs).astype(np.uint8)


@cache
def networks() -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Exchanges for every number of rows up to MOST_ROWS, and where those for each begin.

    A network sorts fewer rows without the exchanges that reach beyond them, where the largest would be.
    """
    whole = _exchanges(MOST_ROWS)
    each = [whole[whole[:, 1] < rows] for rows in range(MOST_ROWS + 1)]
    starts = np.cumsum([0, *(len(exchanges) for exchanges in each)])
    return np.concatenate(each), starts


@uncounted
def sort_lanes(keys, exchanges):  # type: ignore[no-untyped-def]
    """Sorts the keys of every lane by ``exchanges`` of their rows."""
    for i in range(np.uint64(exchanges.shape[0])):
        exchange(keys, np.int64(exchanges[i, 0]), np.int64(exchanges[i, 1]))


@uncounted
def sort_numbers(bits, exchanges, infinite):  # type: ignore[no-untyped-def]
    """Sorts the numbers of every lane, given by their bits; ``infinite`` are the bits of infinity."""
    least = bits.dtype.type(np.iinfo(bits.dtype).min)
    most = bits.dtype.type(np.iinfo(bits.dtype).max)
    for i in range(bits.size):
        key = bits[i] if bits[i] >= 0 else least - bits[i]
        bits[i] = key if abs(key) < infinite else most
    sort_lanes(bits, exchanges)
    fold(bits)


@uncounted
def number_in(numbers, lane, k):  # type: ignore[no-untyped-def]
    """The ``k``-th number of a lane."""
    return np.float64(numbers[np.uint64(k * LANES + lane)])


@uncounted
def measured(numbers, lane, size):  # type: ignore[no-untyped-def]
    """How many of the ``size`` sorted values of a lane are numbers."""
    while size > 0 and np.isnan(number_in(numbers, lane, size - 1)):
        size -= 1
    return size


@uncounted
def lane_quantile(numbers, lane, size, q):  # type: ignore[no-untyped-def]
    """Quantile ``q`` of the ``size`` sorted numbers of a lane, linear between neighbours."""
    place = (size - 1) * q
    k = np.int64(place)
    a = number_in(numbers, lane, k)
    return a if place == k else between(a, number_in(numbers, lane, k + 1), place - k)


@uncounted
def lane_deviation(numbers, lane, size, centre):  # type: ignore[no-untyped-def]
    """The median of |x − centre| over the ``size`` sorted numbers of a lane.

    The k + 1 numbers that lie nearest to the centre are neighbours; where they begin is found by halving.
    """
    k = (size - 1) >> 1
    first, last = np.int64(0), size - 1 - k
    while first < last:
        middle = (first + last) >> 1
        under = centre - number_in(numbers, lane, middle)
        if under > number_in(numbers, lane, middle + k + 1) - centre:
            first = middle + 1
        else:
            last = middle
    a = max(abs(number_in(numbers, lane, first) - centre), abs(number_in(numbers, lane, first + k) - centre))
    if size & 1:
        return a
    under = centre - number_in(numbers, lane, first - 1) if first > 0 else np.inf
    over = number_in(numbers, lane, first + k + 1) - centre if first + k + 1 < size else np.inf
    return between(a, min(under, over), 0.5)


VERSION = version_of(
    _emit_exchange,
    _emit_sums,
    sort_lanes,
    sort_numbers,
    number_in,
    measured,
    lane_quantile,
    lane_deviation,
    between,
    fold,
)
