"""Rows of four numbers stored at once: plainly, and past the caches where nothing reads them soon.

A row that is scattered over a buffer larger than the caches costs a read of its line before the write. A
stream store of a whole line saves that read; Numba has no other word for it.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import config
from numba.extending import intrinsic
from numba.np.arrayobj import make_array

ROW = 4
LINE = 64  # bytes; where rows to be streamed have to start


def _row_store(*, streams: bool) -> Any:
    @intrinsic
    def store(typing, rows, i, a, b, c, d):  # type: ignore[no-untyped-def]
        """rows[i] = a, b, c, d, of an array [n, 4] of the same type; ``i`` is not checked."""

        def generate(context, builder, signature, arguments):  # type: ignore[no-untyped-def]
            number = context.get_data_type(rows.dtype)
            vector = ir.VectorType(number, ROW)
            data = make_array(rows)(context, builder, arguments[0]).data  # type: ignore[no-untyped-call]
            target = builder.gep(builder.bitcast(data, vector.as_pointer()), [arguments[1]])
            row = ir.Constant(vector, ir.Undefined)
            for j in range(ROW):
                row = builder.insert_element(row, arguments[2 + j], ir.Constant(ir.IntType(32), j))
            stored = builder.store(row, target, align=ROW * rows.dtype.bitwidth // 8)
            if streams:
                one = builder.module.add_metadata([ir.Constant(ir.IntType(32), 1)])
                stored.set_metadata("nontemporal", one)
            return context.get_dummy_value()

        return types.void(rows, types.intp, *[rows.dtype] * ROW), generate

    return store


@intrinsic
def _stream_line(typing, lines, i, rows, j):  # type: ignore[no-untyped-def]
    """The cache's line that starts at lines[i] becomes that at rows[j], past the caches; both start there,
    and neither index is checked.
    """

    def generate(context, builder, signature, arguments):  # type: ignore[no-untyped-def]
        numbers = ir.VectorType(context.get_data_type(rows.dtype), LINE * 8 // rows.dtype.bitwidth)
        places = []
        for kind, array, row in ((lines, *arguments[:2]), (rows, *arguments[2:])):
            data = make_array(kind)(context, builder, array).data  # type: ignore[no-untyped-call]
            first = builder.gep(data, [builder.mul(row, ir.Constant(row.type, ROW))])
            places.append(builder.bitcast(first, numbers.as_pointer()))
        stored = builder.store(builder.load(places[0], align=LINE), places[1], align=LINE)
        stored.set_metadata("nontemporal", builder.module.add_metadata([ir.Constant(ir.IntType(32), 1)]))
        return context.get_dummy_value()

    return types.void(lines, types.intp, rows, types.intp), generate


def _store_plainly(rows: Any, i: int, a: float, b: float, c: float, d: float) -> None:
    rows[i] = a, b, c, d


def _stream_plainly(lines: Any, i: int, rows: Any, j: int) -> None:
    n = LINE // lines.strides[0]
    rows[j : j + n] = lines[i : i + n]


stream_line: Any
if config.DISABLE_JIT:  # type: ignore[attr-defined]
    store_row = stream_row = _store_plainly
    stream_line = _stream_plainly
else:
    stream_line = _stream_line
    store_row, stream_row = _row_store(streams=False), _row_store(streams=True)
