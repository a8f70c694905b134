"""How this room compiles: by Numba, cached on disk, with NumPy's division and IEEE arithmetic as written."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import numba
import numpy as np
from numba import types


def column_in(number: Any) -> Any:
    """A contiguous column that is only read: compiled once, it takes read-only and writable arrays."""
    return types.Array(number, 1, "C", readonly=True)


FLOATS_IN = column_in(types.float64)
SINGLES_IN = column_in(types.float32)
WHOLES_IN = column_in(types.int64)
KEYS_IN = column_in(types.uint64)
IDS_IN = column_in(types.int32)
MARKS_IN = column_in(types.boolean)
FLAGS_IN = types.Array(types.boolean, 2, "C", readonly=True)
NUMBER = types.float64
WHOLE = types.int64
FLOATS_OUT = types.float64[::1]
TABLE_OUT = types.float64[:, ::1]
WHOLES_OUT = types.int64[::1]
MARKS_OUT = types.boolean[::1]
FLAGS_OUT = types.boolean[:, ::1]


def elementary(function: Callable[..., Any]) -> Any:
    """``function`` compiled for use inside kernels, for numbers where it was written for arrays."""
    return numba.njit(function, error_model="numpy")


def kernel(signature: tuple[Any, ...]) -> Callable[[Callable[..., None]], Any]:
    """A decorator that compiles for ``signature`` at once, from the cache where it holds this version."""

    def compiled(function: Callable[..., None]) -> Any:
        try:
            return numba.njit(signature, error_model="numpy", nogil=True, cache=True)(function)
        except RuntimeError as error:
            if "cannot cache" not in str(error):
                raise
        # No folder can be written: compiled anew in each process.
        return numba.njit(signature, error_model="numpy", nogil=True)(function)

    return compiled


def version_of(*functions: Callable[..., Any]) -> str:
    """A hash of what ``functions`` compute: their code and the numbers that it names.

    Numba renews a cached kernel when the kernel's own file or closure changes, not when a function from
    another file does that was compiled into it. A kernel that closes over this is renewed then, too.
    """
    return hashlib.sha256(repr([_meaning(function) for function in functions]).encode()).hexdigest()


def _meaning(function: Callable[..., Any]) -> tuple[Any, ...]:
    code = function.__code__
    named = {name: function.__globals__.get(name) for name in code.co_names}
    numbers = sorted(
        (name, value) for name, value in named.items() if isinstance(value, int | float | np.generic)
    )
    return code.co_code, code.co_consts, code.co_names, numbers
