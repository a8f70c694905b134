"""A row of three float32 is added to its group's record, one line of the cache, as vectors.

The record's 64 bytes are three float32 shifts, the number of rows as int32, three float64 sums of deviations
from the shifts, and three of their squares. Number by number that is some eighty instructions a row, which
take longer than the record takes to arrive; as vectors it is one load, one addition and one store, and the
same bits.
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np
from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from .jit import version_of

_SINGLE, _DOUBLE, _WORD, _BIT = ir.FloatType(), ir.DoubleType(), ir.IntType(64), ir.IntType(1)
_PLACE = ir.IntType(32)
LINE = 64  # bytes


def _emit_add(builder: Any, record: Any, row: Any) -> Any:
    """The instructions for adding three float32 to the record at a pointer; gives whether it was done."""
    nothing = ir.Constant(ir.VectorType(_SINGLE, 4), [0.0] * 4)
    values = nothing
    for j, number in enumerate(row):
        values = builder.insert_element(values, number, _PLACE(j))
    shifts = builder.load(builder.bitcast(record, nothing.type.as_pointer()), align=16)
    shifts = _picked(builder, shifts, nothing, [0, 1, 2, 7])  # the number of rows is no shift
    four = ir.VectorType(_DOUBLE, 4)
    deviations = builder.fsub(builder.fpext(values, four), builder.fpext(shifts, four))
    odd = builder.fcmp_unordered("uno", builder.fsub(deviations, deviations), ir.Constant(four, [0.0] * 4))
    usual = builder.icmp_unsigned("==", builder.bitcast(odd, ir.IntType(4)), ir.IntType(4)(0))
    with builder.if_then(usual, likely=True):
        squares = builder.fmul(deviations, deviations)
        more = _picked(builder, deviations, squares, [3, 3, 0, 1, 2, 4, 5, 6])
        line = builder.bitcast(record, more.type.as_pointer())
        before = builder.load(line, align=LINE)
        words = ir.VectorType(_WORD, 8)
        one_row = ir.Constant(words, [0, 1 << 32, 0, 0, 0, 0, 0, 0])
        counted = builder.bitcast(builder.add(builder.bitcast(before, words), one_row), more.type)
        after = _picked(builder, counted, builder.fadd(before, more), [0, 1, *range(10, 16)])
        builder.store(after, line, align=LINE)
    return usual


def _picked(builder: Any, a: Any, b: Any, lanes: list[int]) -> Any:
    """A vector of ``lanes`` of ``a`` and ``b``, numbered through."""
    return builder.shuffle_vector(a, b, ir.Constant(ir.VectorType(_PLACE, len(lanes)), lanes))


@intrinsic
def _add_row(_context: Any, records: Any, at: Any, x: Any, y: Any, z: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        data = context.make_array(signature.args[0])(context, builder, arguments[0]).data
        return _emit_add(builder, builder.gep(data, [arguments[1]]), arguments[2:])

    return types.boolean(records, at, x, y, z), generate


def _add_row_plainly(records: Any, at: int, x: np.float32, y: np.float32, z: np.float32) -> bool:
    """As ``add_row``, number by number."""
    record = records.reshape(-1)[at : at + 8]
    singles, counts = record.view(np.float32), record.view(np.int32)
    deviations = np.array((x, y, z), np.float64) - singles[:3]
    if not np.isfinite(deviations).all():
        return False
    counts[3] += 1
    record[2:5] += deviations
    record[5:8] += deviations * deviations
    return True


# Adds the values of a row to the record that starts at a flat index of contiguous float64, on a border of the
# cache's lines. False, and nothing added, where a value or its shift is NaN or infinite.
add_row: Any = _add_row_plainly if getattr(numba.config, "DISABLE_JIT", False) else _add_row
VERSION = version_of(_emit_add, _picked)
