"""How this room compiles: by Numba, cached on disk, with NumPy's division and IEEE arithmetic as written."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import numba
import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.core.dispatcher import Dispatcher
from numba.extending import intrinsic


def column_in(number: Any) -> Any:
    """A contiguous column that is only read: compiled once, it takes read-only and writable arrays."""
    return types.Array(number, 1, "C", readonly=True)


FLOATS_IN = column_in(types.float64)
SINGLES_IN = column_in(types.float32)
WHOLES_IN = column_in(types.int64)
KEYS_IN = column_in(types.uint64)
IDS_IN = column_in(types.int32)
STATUS_IN = column_in(types.int8)
MARKS_IN = column_in(types.boolean)
BYTES_IN = column_in(types.uint8)
TABLE_IN = types.Array(types.float64, 2, "C", readonly=True)
FLAGS_IN = types.Array(types.boolean, 2, "C", readonly=True)
NUMBER = types.float64
MARK = types.boolean
WHOLE = types.int64
SINGLES_OUT = types.float32[::1]
SINGLE_TABLE_OUT = types.float32[:, ::1]
IDS_OUT = types.int32[::1]
ID_TABLE_OUT = types.int32[:, ::1]
FLOATS_OUT = types.float64[::1]
TABLE_OUT = types.float64[:, ::1]
CUBE_OUT = types.float64[:, :, ::1]
WHOLES_OUT = types.int64[::1]
WHOLE_TABLE_OUT = types.int64[:, ::1]
KEYS_OUT = types.uint64[::1]
BYTES_OUT = types.uint8[::1]
MARKS_OUT = types.boolean[::1]
FLAGS_OUT = types.boolean[:, ::1]


_UNCOUNTED: dict[str, Any] = {"_nrt": False}  # Numba's option; its own name for it is not public


def elementary(function: Callable[..., Any]) -> Any:
    """``function`` compiled for use inside kernels, for numbers where it was written for arrays."""
    return numba.njit(function, error_model="numpy")


def uncounted(function: Callable[..., Any]) -> Any:
    """As ``elementary``, for functions that make no arrays: they count no references to those they are given.

    Numba guards each array that is passed on or sliced by two atomic increments, some 20 ns each time.
    """
    return numba.njit(function, error_model="numpy", **_UNCOUNTED)


def inlined(function: Callable[..., Any]) -> Any:
    """As ``uncounted``, and never a call: for what an inner loop does, where it stands in several places."""
    return numba.njit(function, error_model="numpy", forceinline=True, **_UNCOUNTED)


def reduction(function: Callable[..., Any]) -> Any:
    """As ``uncounted``, with leave to add up in any order: sums become SIMD.

    Infinities and NaN keep their meaning. The order is the same on every call on one kind of processor, and
    may be another on another kind.
    """
    reordered = {"reassoc", "nsz", "contract"}
    return numba.njit(function, error_model="numpy", fastmath=reordered, **_UNCOUNTED)


def kernel(signature: tuple[Any, ...], *, counted: bool = True) -> Callable[[Callable[..., None]], Any]:
    """A decorator that compiles for ``signature`` at once, from the cache where it holds this version.

    ``counted`` is False for kernels that make no arrays, as for ``uncounted``. Raises TypeError for one that
    closes over a compiled function: each process has another name for it, and would compile anew.
    """
    options: dict[str, Any] = {"error_model": "numpy", "nogil": True} | ({} if counted else _UNCOUNTED)

    def compiled(function: Callable[..., None]) -> Any:
        if any(isinstance(cell.cell_contents, Dispatcher) for cell in function.__closure__ or ()):
            raise TypeError(f"{function.__name__} closes over a compiled function: call it by a global name")
        try:
            return numba.njit(signature, cache=True, **options)(function)
        except RuntimeError as error:
            if "cannot cache" not in str(error):
                raise
        # No folder can be written: compiled anew in each process.
        return numba.njit(signature, **options)(function)

    return compiled


@intrinsic
def _prefetch(_context: Any, array: Any, at: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        data = context.make_array(signature.args[0])(context, builder, arguments[0]).data
        place = builder.bitcast(builder.gep(data, [arguments[1]]), ir.IntType(8).as_pointer())
        word = ir.IntType(32)
        hint = ir.FunctionType(ir.VoidType(), [place.type, word, word, word])
        to_write, near, of_data = word(1), word(3), word(1)
        declare: Any = cgutils.get_or_insert_function
        function = declare(builder.module, hint, "llvm.prefetch.p0")
        builder.call(function, [place, to_write, near, of_data])
        return context.get_dummy_value()

    return types.void(array, at), generate


def _no_prefetch(array: Any, at: int) -> None:
    """Without compilation there is nothing to hint at."""


# Asks the cache for the line of a flat index of a contiguous array that will be written soon. Any index will
# do: a wrong one costs time, and nothing is read.
prefetch: Any = _no_prefetch if getattr(numba.config, "DISABLE_JIT", False) else _prefetch


def version_of(*functions: Callable[..., Any]) -> str:
    """A hash of what ``functions`` compute: their code and the numbers that it names.

    Numba renews a cached kernel when the kernel's own file or closure changes, not when a function from
    another file does that was compiled into it. A kernel that closes over this is renewed then, too.
    """
    return hashlib.sha256(repr([_meaning(function) for function in functions]).encode()).hexdigest()


def _meaning(function: Callable[..., Any]) -> tuple[Any, ...]:
    function = getattr(function, "py_func", function)  # of an elementary one
    code = function.__code__
    named = {name: function.__globals__.get(name) for name in code.co_names}
    numbers = sorted(
        (name, value) for name, value in named.items() if isinstance(value, int | float | np.generic)
    )
    return code.co_code, code.co_consts, code.co_names, numbers
