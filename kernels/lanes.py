"""Averages of several columns at once, a SIMD register wide: compiled into the kernels that call them."""

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


@intrinsic
def _average_of(  # type: ignore[no-untyped-def]
    _context, out, at, table, base, places, first, n, share
):
    whole = types.int64
    signature = types.void(out, whole, table, whole, places, whole, whole, types.float64)

    def generate(context, builder, signature, arguments):  # type: ignore[no-untyped-def]
        out, at, table, base, places, first, n, share = arguments
        given = zip(signature.args[::2][:3], (out, table, places), strict=True)
        pointers = [context.make_array(kind)(context, builder, array).data for kind, array in given]
        _emit_average(builder, pointers, (at, base, first, n, share))
        return context.get_dummy_value()

    return signature, generate


def _plain_average(out, at, table, base, places, first, n, share):  # type: ignore[no-untyped-def]
    """The same, where kernels run as plain Python."""
    entries = table.reshape(-1, LANES)[base + places[first : first + n].astype(np.int64)]
    total = np.zeros(LANES)
    for i in range(0, n - n % 4, 4):
        a, b, c, d = entries[i : i + 4]
        total += (a + b) + (c + d)
    if n % 4 >= 2:
        total += entries[n - n % 4] + entries[n - n % 4 + 1]
    if n % 2:
        total += entries[n - 1]
    out[at * LANES : (at + 1) * LANES] = total * share


def _emit_average(builder: Any, pointers: Any, numbers: Any) -> None:
    (out, table, places), (at, base, first, n, share) = pointers, numbers
    entry, whole = ir.VectorType(ir.DoubleType(), LANES), base.type
    table = builder.bitcast(table, entry.as_pointer())
    out = builder.bitcast(out, entry.as_pointer())
    begin: Any = cgutils.alloca_once_value
    total = begin(builder, ir.Constant(entry, None))
    with cgutils.for_range(builder, builder.lshr(n, whole(2))) as loop:
        place = builder.add(first, builder.shl(loop.index, whole(2)))
        _emit_addition(builder, total, table, base, places, place, 4)
    place = builder.add(first, builder.and_(n, whole(-4)))
    with builder.if_then(builder.trunc(builder.lshr(n, whole(1)), ir.IntType(1))):
        _emit_addition(builder, total, table, base, places, place, 2)
    place = builder.add(first, builder.and_(n, whole(-2)))
    with builder.if_then(builder.trunc(n, ir.IntType(1))):
        _emit_addition(builder, total, table, base, places, place, 1)
    scale = ir.Constant(entry, ir.Undefined)
    for lane in range(LANES):
        scale = builder.insert_element(scale, share, ir.IntType(32)(lane))
    builder.store(builder.fmul(builder.load(total), scale), builder.gep(out, [at]), align=8)


def _emit_addition(
    builder: Any, total: Any, table: Any, base: Any, places: Any, place: Any, count: int
) -> None:
    """Adds to ``total`` the sum of ``count`` entries, which is 1, 2 or 4."""
    entries = []
    for i in range(count):
        at = builder.load(builder.gep(places, [builder.add(place, base.type(i))]))
        index = builder.add(base, builder.zext(at, base.type))
        entries.append(builder.load(builder.gep(table, [index]), align=8))
    while len(entries) > 1:
        entries.append(builder.fadd(entries.pop(0), entries.pop(0)))
    builder.store(builder.fadd(builder.load(total), entries[0]), total)


# ``average(out, at, table, base, places, first, n, share)`` stores into entry ``at`` of ``out`` the sum of
# ``n`` entries of ``table``, times ``share``. ``places``, uint32, names them from ``first`` on, counted from
# ``base`` on; four are added up at a time, then two, then one. An entry is LANES float64 side by side.
# No index is checked.
average: Any = _plain_average if getattr(numba.config, "DISABLE_JIT", False) else _average_of
# Neither may hold a comprehension: the code inside would be another in each process.
LANES_VERSION = version_of(_emit_average, _emit_addition)
