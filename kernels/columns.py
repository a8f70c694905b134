"""The door of the compiled kernels: what may come in as an array, made uniform or refused."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def real_column(name: str, values: Any, length: int | None = None) -> NDArray[np.float64]:
    """``values`` as contiguous float64[length] in native byte order; integers and any float will do.

    Strided, read-only and big-endian arrays are copied where need be. Raises TypeError for other kinds
    of value (and for masked arrays, whose mask would be lost), ValueError for another shape.
    """
    array = _column(name, values, length, kinds="fiu", wanted="numbers")
    return np.ascontiguousarray(array, dtype=np.float64)


def whole_column(name: str, values: Any, length: int | None = None) -> NDArray[np.int64]:
    """``values`` as contiguous int64[length], none of them negative. Raises TypeError, ValueError."""
    array = _column(name, values, length, kinds="iu", wanted="integers")
    if array.size and not (array.min() >= 0 and array.max() <= np.iinfo(np.int64).max):
        raise ValueError(f"{name} must lie between 0 and 2**63 - 1")
    return np.ascontiguousarray(array, dtype=np.int64)


def group_offsets(values: Any, length: int) -> NDArray[np.int64]:
    """Where each group starts, and last where all end: int64[groups + 1] from 0 up to ``length``.

    Raises TypeError, ValueError.
    """
    offsets = whole_column("offsets", values)
    if offsets.size == 0 or offsets[0] != 0 or offsets[-1] != length or (np.diff(offsets) < 0).any():
        raise ValueError(f"offsets must rise from 0 to the number of candidates, {length}")
    return offsets


def _column(name: str, values: Any, length: int | None, *, kinds: str, wanted: str) -> NDArray[Any]:
    if isinstance(values, np.ma.MaskedArray):
        raise TypeError(f"{name} must not be a masked array: put NaN where a value is missing")
    array = np.asarray(values)
    if array.ndim != 1 or (length is not None and array.size != length):
        shape = "one-dimensional" if length is None else f"of shape ({length},)"
        raise ValueError(f"{name} must be {shape}, not of shape {array.shape}")
    if array.dtype.kind not in kinds and array.size:
        raise TypeError(f"{name} must hold {wanted}, not {array.dtype}")
    return array
