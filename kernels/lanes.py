"""Several columns at once, a SIMD register wide: averages, and columns out of them. Compiled into kernels."""

from __future__ import annotations

from typing import Any

import numba
import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from .jit import version_of

LANES = 4  # columns side by side in an entry: a register of 32 bytes
ENTRY, WHOLE = ir.VectorType(ir.DoubleType(), LANES), ir.IntType(64)


@intrinsic
def _average_of(  # type: ignore[no-untyped-def]
    _context, out, at, table, base, places, first, n, count, share
):
    whole = types.int64
    signature = types.void(out, whole, table, whole, places, whole, whole, whole, types.float64)

    def generate(context, builder, signature, arguments):  # type: ignore[no-untyped-def]
        out, at, table, base, places, *numbers = arguments
        given = zip(signature.args[:5:2], (out, table, places), strict=True)
        pointers = [context.make_array(kind)(context, builder, array).data for kind, array in given]
        _emit_averages(builder, pointers, (at, base, *numbers))
        return context.get_dummy_value()

    return signature, generate


def _plain_average(out, at, table, base, places, first, n, count, share):  # type: ignore[no-untyped-def]
    """The same, where kernels run as plain Python."""
    drawn = base + places[first : first + n * count].reshape(count, n).astype(np.int64) // LANES
    entries = table.reshape(-1, LANES)[drawn]
    total = np.zeros((count, LANES))
    for i in range(0, n - n % 4, 4):
        a, b, c, d = (entries[:, i + k] for k in range(4))
        total += (a + b) + (c + d)
    if n % 4 >= 2:
        total += entries[:, n - n % 4] + entries[:, n - n % 4 + 1]
    if n % 2:
        total += entries[:, n - 1]
    out[at * LANES : (at + count) * LANES] = (total * share).ravel()


def _emit_averages(builder: Any, pointers: Any, numbers: Any) -> None:
    (out, table, places), (at, base, first, n, count, share) = pointers, numbers
    out = builder.gep(builder.bitcast(out, ENTRY.as_pointer()), [at])
    table = builder.gep(table, [builder.shl(base, WHOLE(2))])
    scale = ir.Constant(ENTRY, ir.Undefined)
    for lane in range(LANES):
        scale = builder.insert_element(scale, share, ir.IntType(32)(lane))
    begin: Any = cgutils.alloca_once_value
    total, place = begin(builder, ir.Constant(ENTRY, None)), begin(builder, first)
    fours = builder.lshr(n, WHOLE(2))
    with cgutils.for_range(builder, count) as slot:
        builder.store(ir.Constant(ENTRY, None), total)
        with cgutils.for_range(builder, fours):
            _emit_addition(builder, total, table, places, place, 4)
        with builder.if_then(builder.trunc(builder.lshr(n, WHOLE(1)), ir.IntType(1))):
            _emit_addition(builder, total, table, places, place, 2)
        with builder.if_then(builder.trunc(n, ir.IntType(1))):
            _emit_addition(builder, total, table, places, place, 1)
        builder.store(builder.fmul(builder.load(total), scale), builder.gep(out, [slot.index]), align=8)


def _emit_addition(builder: Any, total: Any, table: Any, places: Any, place: Any, count: int) -> None:
    """Adds to ``total`` the sum of the next ``count`` entries, which are 1, 2 or 4."""
    entries, first = [], builder.load(place)
    for i in range(count):
        at = builder.load(builder.gep(places, [builder.add(first, WHOLE(i))]))
        entry = builder.bitcast(builder.gep(table, [builder.zext(at, WHOLE)]), ENTRY.as_pointer())
        entries.append(builder.load(entry, align=8))
    while len(entries) > 1:
        entries.append(builder.fadd(entries.pop(0), entries.pop(0)))
    builder.store(builder.fadd(builder.load(total), entries[0]), total)
    builder.store(builder.add(first, WHOLE(count)), place)


@intrinsic
def _spread_of(_context, entries, n, out, at, stride, lanes):  # type: ignore[no-untyped-def]
    signature = types.void(entries, types.int64, out, types.int64, types.int64, types.int64)

    def generate(context, builder, signature, arguments):  # type: ignore[no-untyped-def]
        entries, n, out, *numbers = arguments
        given = zip(signature.args[:3:2], (entries, out), strict=True)
        entries, out = [context.make_array(kind)(context, builder, array).data for kind, array in given]
        _emit_spread(builder, entries, out, (n, *numbers))
        return context.get_dummy_value()

    return signature, generate


def _plain_spread(entries, n, out, at, stride, lanes):  # type: ignore[no-untyped-def]
    """The same, where kernels run as plain Python."""
    flat = out.reshape(-1)
    for lane in range(lanes):
        flat[at + lane * stride : at + lane * stride + n] = entries[lane : n * LANES : LANES]


def _emit_spread(builder: Any, entries: Any, out: Any, numbers: Any) -> None:
    n, at, stride, lanes = numbers
    out = builder.gep(out, [at])
    fours, rest = builder.and_(n, WHOLE(-LANES)), builder.and_(n, WHOLE(LANES - 1))
    with cgutils.for_range(builder, builder.lshr(n, WHOLE(2))) as loop:
        first = builder.shl(loop.index, WHOLE(2))
        columns = _emit_turned(builder, builder.gep(entries, [builder.shl(first, WHOLE(2))]))
        for lane in range(LANES):
            with builder.if_then(builder.icmp_signed(">", lanes, WHOLE(lane))):
                place = builder.add(builder.mul(stride, WHOLE(lane)), first)
                target = builder.bitcast(builder.gep(out, [place]), ENTRY.as_pointer())
                builder.store(columns[lane], target, align=8)
    with cgutils.for_range(builder, lanes) as lane, cgutils.for_range(builder, rest) as last:
        row = builder.add(fours, last.index)
        x = builder.load(builder.gep(entries, [builder.add(builder.shl(row, WHOLE(2)), lane.index)]))
        builder.store(x, builder.gep(out, [builder.add(builder.mul(stride, lane.index), row)]))


def _emit_turned(builder: Any, entries: Any) -> list[Any]:
    """Four entries as four columns of four."""
    given = builder.bitcast(entries, ENTRY.as_pointer())
    columns: list[Any] = []
    whole: list[Any] = []
    for i in range(LANES):
        whole += [builder.load(builder.gep(given, [WHOLE(i)]), align=8)]
    chosen = ir.VectorType(ir.IntType(32), LANES)
    for first in ((0, 4, 2, 6), (1, 5, 3, 7)):  # lanes 0 and 2 of two entries, or 1 and 3
        for second in ((0, 1, 4, 5), (2, 3, 6, 7)):
            halves = []
            for a, b in ((0, 1), (2, 3)):
                halves.append(builder.shuffle_vector(whole[a], whole[b], ir.Constant(chosen, first)))
            columns.append(builder.shuffle_vector(halves[0], halves[1], ir.Constant(chosen, second)))
    return [columns[0], columns[2], columns[1], columns[3]]


@intrinsic
def _add_pairs_of(_context, rows, first, m, table):  # type: ignore[no-untyped-def]
    signature = types.void(rows, types.int64, types.int64, table)

    def generate(context, builder, signature, arguments):  # type: ignore[no-untyped-def]
        rows, first, m, table = arguments
        given = zip(signature.args[::3], (rows, table), strict=True)
        rows, table = [context.make_array(kind)(context, builder, array).data for kind, array in given]
        _emit_pairs(builder, rows, table, first, m)
        return context.get_dummy_value()

    return signature, generate


def _plain_add_pairs(rows, first, m, table):  # type: ignore[no-untyped-def]
    """The same, where kernels run as plain Python."""
    entries, k = rows.reshape(-1, LANES)[first : first + m], m
    sums = table.reshape(-1, LANES)
    sums[:m] = entries + entries
    for row in range(m):
        sums[k : k + m - row - 1] = entries[row] + entries[row + 1 :]
        k += m - row - 1


def _emit_pairs(builder: Any, rows: Any, table: Any, first: Any, m: Any) -> None:
    rows = builder.gep(builder.bitcast(rows, ENTRY.as_pointer()), [first])
    table = builder.bitcast(table, ENTRY.as_pointer())
    begin: Any = cgutils.alloca_once_value
    place = begin(builder, m)
    with cgutils.for_range(builder, m) as outer:
        row = builder.load(builder.gep(rows, [outer.index]), align=8)
        builder.store(builder.fadd(row, row), builder.gep(table, [outer.index]), align=8)
        later, behind = builder.add(outer.index, WHOLE(1)), builder.load(place)
        left = builder.sub(m, later)
        with cgutils.for_range(builder, left) as inner:
            other = builder.load(builder.gep(rows, [builder.add(later, inner.index)]), align=8)
            target = builder.gep(table, [builder.add(behind, inner.index)])
            builder.store(builder.fadd(row, other), target, align=8)
        builder.store(builder.add(behind, left), place)


_PLAIN = getattr(numba.config, "DISABLE_JIT", False)
# ``average(out, at, table, base, places, first, n, count, share)`` stores into ``count`` entries of
# ``out``, from ``at`` on, the sums of ``n`` entries of ``table`` each, times ``share``. ``places``, uint32,
# names them from ``first`` on, as LANES times their distance from entry ``base``; four are added up at a
# time, then two, then one. An entry is LANES float64 side by side.
average: Any = _plain_average if _PLAIN else _average_of
# ``spread(entries, n, out, at, stride, lanes)`` stores the first ``lanes`` lanes of ``n`` entries as columns
# into ``out``, float64 of any shape: from its flat index ``at`` on, and each next lane ``stride`` further.
# ``add_pairs(rows, first, m, table)`` stores from the first entry of ``table`` on the sums of ``m`` entries
# of ``rows`` from ``first`` on: each with itself, then each with each later one, m(m + 1)/2 altogether.
# None of them checks an index.
spread: Any = _plain_spread if _PLAIN else _spread_of
add_pairs: Any = _plain_add_pairs if _PLAIN else _add_pairs_of
# None of them may hold a comprehension: the code inside would be another in each process.
LANES_VERSION = version_of(_emit_averages, _emit_addition, _emit_spread, _emit_turned, _emit_pairs)
