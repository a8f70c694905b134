"""Values between two bounds, packed side by side: one pass over a column, sixteen float32 at a time.

Packing is one instruction of AVX-512, and many without it: ``PACKS`` says whether it pays.
"""

from __future__ import annotations

from typing import Any

import llvmlite.binding
import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils, config
from numba.extending import intrinsic
from numba.np.arrayobj import make_array

from .jit import uncounted, version_of
from .order_statistics import between

MOST_PICKED = 96  # values of which one is picked by comparing all to all
LINE = 64  # bytes that are packed at a time; a buffer for packed values is longer than they by as many


def _features() -> str:
    return str(config.CPU_FEATURES or llvmlite.binding.get_host_cpu_features().flatten())  # type: ignore[attr-defined]


def _pack_line(builder: Any, here: Any, bounds: Any, first: Any, size: Any, to: Any) -> tuple[Any, Any]:
    """Stores those of one line's values that lie between ``bounds`` at ``to``; gives how many are at most the
    lower one, and how many were stored.
    """
    line, word = here.type.pointee, ir.IntType(64)
    places = ir.VectorType(word, line.count)
    place = builder.add(_all_lanes(builder, first, places), ir.Constant(places, list(range(line.count))))
    inside = builder.icmp_signed("<", place, _all_lanes(builder, size, places))
    values = builder.load(here, align=4)
    low, high = _all_lanes(builder, bounds[0], line), _all_lanes(builder, bounds[1], line)
    below = builder.and_(builder.fcmp_ordered("<=", values, low), inside)
    between = builder.xor(builder.and_(builder.fcmp_ordered("<=", values, high), inside), below)
    kind = ir.FunctionType(line, [line, between.type, line])
    name = f"llvm.experimental.vector.compress.v{line.count}f{LINE * 8 // line.count}"
    pack: Any = cgutils.get_or_insert_function(builder.module, kind, name)  # type: ignore[no-untyped-call]
    packed = builder.call(pack, [values, between, ir.Constant(line, ir.Undefined)])
    builder.store(packed, builder.bitcast(to, line.as_pointer()), align=4)
    return _set_lanes(builder, below), _set_lanes(builder, between)


def _set_lanes(builder: Any, mask: Any) -> Any:
    """How many lanes of a mask are set."""
    bits = builder.bitcast(mask, ir.IntType(mask.type.count))
    return builder.zext(builder.ctpop(bits), ir.IntType(64))


def _all_lanes(builder: Any, x: Any, vector: Any) -> Any:
    nothing = ir.Constant(vector, ir.Undefined)
    first = ir.Constant(ir.VectorType(ir.IntType(32), vector.count), [0] * vector.count)
    return builder.shuffle_vector(builder.insert_element(nothing, x, ir.IntType(32)(0)), nothing, first)


@intrinsic
def _pack_between(typing, x, low, high, out):  # type: ignore[no-untyped-def]
    def generate(context, builder, signature, arguments):  # type: ignore[no-untyped-def]
        number = context.get_data_type(x.dtype)
        lanes = LINE * 8 // x.dtype.bitwidth
        line = ir.VectorType(number, lanes)
        array = make_array(x)(context, builder, arguments[0])  # type: ignore[no-untyped-call]
        to = make_array(out)(context, builder, arguments[3]).data  # type: ignore[no-untyped-call]
        size = builder.extract_value(array.shape, 0)
        word = ir.IntType(64)
        below, kept = (cgutils.alloca_once_value(builder, word(0)) for _ in range(2))  # type: ignore[no-untyped-call]
        with cgutils.for_range_slice(builder, word(0), size, word(lanes)) as (first, _):
            here = builder.bitcast(builder.gep(array.data, [first]), line.as_pointer())
            n = builder.load(kept)
            more = _pack_line(builder, here, arguments[1:3], first, size, builder.gep(to, [n]))
            builder.store(builder.add(builder.load(below), more[0]), below)
            builder.store(builder.add(n, more[1]), kept)
        return context.make_tuple(builder, signature.return_type, [builder.load(below), builder.load(kept)])

    return types.UniTuple(types.int64, 2)(x, low, high, out), generate  # type: ignore[no-untyped-call]


def _emit_counts(builder: Any, line: Any, other: Any, less: Any) -> None:
    """Adds one in those lanes of ``less`` in which ``other`` is less than the value of ``line``."""
    smaller = builder.fcmp_ordered("<", _all_lanes(builder, other, line.type), line)
    counts = builder.load(less)
    builder.store(builder.sub(counts, builder.sext(smaller, counts.type)), less)


def _emit_largest(builder: Any, line: Any, less: Any, k: Any, so_far: Any) -> None:
    """Raises ``so_far``, in each lane, to the value of ``line`` if no more than ``k`` are less than that."""
    low = builder.icmp_signed("<=", less, _all_lanes(builder, k, less.type))
    largest = builder.load(so_far)
    larger = builder.and_(low, builder.fcmp_ordered(">", line, largest))
    builder.store(builder.select(larger, line, largest), so_far)


def _reduced(builder: Any, lanes: Any) -> Any:
    """The largest of the lanes."""
    name = f"llvm.vector.reduce.fmax.v{lanes.type.count}f{LINE * 8 // lanes.type.count}"
    kind = ir.FunctionType(lanes.type.element, [lanes.type])
    largest: Any = cgutils.get_or_insert_function(builder.module, kind, name)  # type: ignore[no-untyped-call]
    return builder.call(largest, [lanes])


@intrinsic
def _pick_both(typing, x, size, k):  # type: ignore[no-untyped-def]
    """The k-th smallest of the first ``size`` of ``x``, from 0, and the next; infinities fill a line after.

    It is the largest of those than which at most k are less; all are compared to all, without a branch.
    """

    def generate(context, builder, signature, arguments):  # type: ignore[no-untyped-def]
        data = make_array(x)(context, builder, arguments[0]).data  # type: ignore[no-untyped-call]
        size, k = arguments[1:]
        lanes, word = LINE * 8 // x.dtype.bitwidth, ir.IntType(64)
        numbers = ir.VectorType(context.get_data_type(x.dtype), lanes)
        counts = ir.VectorType(ir.IntType(x.dtype.bitwidth), lanes)
        least = ir.Constant(numbers, [float("-inf")] * lanes)
        first, second = (cgutils.alloca_once_value(builder, least) for _ in range(2))  # type: ignore[no-untyped-call]
        less = cgutils.alloca_once(builder, counts)  # type: ignore[no-untyped-call]
        at = builder.trunc(k, counts.element) if x.dtype.bitwidth < 64 else k
        with cgutils.for_range_slice(builder, word(0), size, word(lanes)) as (start, _):
            line = builder.load(builder.bitcast(builder.gep(data, [start]), numbers.as_pointer()), align=4)
            builder.store(ir.Constant(counts, [0] * lanes), less)
            with cgutils.for_range(builder, size) as other:
                _emit_counts(builder, line, builder.load(builder.gep(data, [other.index])), less)
            _emit_largest(builder, line, builder.load(less), at, first)
            _emit_largest(builder, line, builder.load(less), builder.add(at, at.type(1)), second)
        found = [_reduced(builder, builder.load(largest)) for largest in (first, second)]
        return context.make_tuple(builder, signature.return_type, found)

    return types.UniTuple(x.dtype, 2)(x, types.int64, types.int64), generate  # type: ignore[no-untyped-call]


def _pick_plainly(x: Any, size: int, k: int) -> tuple[Any, Any]:
    ascending = np.sort(x[:size])
    return ascending[k], ascending[min(k + 1, size - 1)]


def _pack_plainly(x: Any, low: Any, high: Any, out: Any) -> tuple[int, int]:
    between = x[(x > low) & (x <= high)]
    out[: between.size] = between
    return int(np.count_nonzero(x <= low)), between.size


PACKS = config.DISABLE_JIT or "+avx512f" in _features()  # type: ignore[attr-defined]
pack_between: Any
pick_both: Any
if config.DISABLE_JIT:  # type: ignore[attr-defined]
    pack_between, pick_both = _pack_plainly, _pick_plainly
else:
    pack_between, pick_both = _pack_between, _pick_both


@uncounted
def quantile_between(x, q, low, high, packed):  # type: ignore[no-untyped-def]
    """Quantile ``q`` of ``x`` if all it takes lies above ``low`` and up to ``high``, NaN else, and where more
    than MOST_PICKED values do.
    """
    place = (x.size - 1) * q
    k = np.int64(place)
    below, kept = pack_between(x, x.dtype.type(low), x.dtype.type(high), packed)
    if k < below or place > below + kept - 1 or kept > MOST_PICKED:
        return np.nan
    packed[kept : kept + LINE // packed.itemsize] = np.inf
    a, b = pick_both(packed, kept, k - below)
    a, b = np.float64(a) + 0.0, np.float64(b)
    return a if place == k else between(a, b, place - k)


VERSION = version_of(
    _pack_line, _set_lanes, _all_lanes, _emit_counts, _emit_largest, _reduced, quantile_between, between
)
