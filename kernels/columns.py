"""The door of the compiled kernels: what may come in as an array, made uniform or refused."""

from __future__ import annotations

import sys
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


def id_column(name: str, values: Any, length: int | None = None) -> NDArray[np.int32]:
    """``values`` as contiguous int32[length]; whether an id is in range is for the kernel to see.

    int32 in native order and without gaps comes back as it is. Raises TypeError, ValueError.
    """
    array = _column(name, values, length, kinds="iu", wanted="integers")
    if array.dtype.itemsize > 2 and array.dtype.newbyteorder("=") != np.int32 and array.size:
        limits = np.iinfo(np.int32)
        if not (array.min() >= limits.min and array.max() <= limits.max):
            raise ValueError(f"{name} must lie between 0 and 2**31 - 1")
    return np.ascontiguousarray(array, dtype=np.int32)


def byte_column(name: str, values: Any, length: int | None = None) -> NDArray[np.uint8]:
    """``values`` as contiguous uint8[length]; uint8 without gaps comes back as it is.

    Raises TypeError, ValueError.
    """
    array = _column(name, values, length, kinds="iu", wanted="integers")
    if array.dtype != np.uint8 and array.size and not 0 <= array.min() <= array.max() <= 255:
        raise ValueError(f"{name} must lie between 0 and 255")
    return np.ascontiguousarray(array, dtype=np.uint8)


def metric_columns(name: str, values: Any, length: int) -> tuple[NDArray[Any], ...]:
    """The columns of ``values``: one [length] array, a [c, length] array, or a sequence of c columns.

    All float32 where each of them is, else all float64; contiguous, in native order. Raises TypeError,
    ValueError.
    """
    if isinstance(values, list | tuple) and values and np.ndim(values[0]):
        given = list(values)
    else:
        array = values if isinstance(values, np.ndarray) else np.asarray(values)
        given = list(array) if array.ndim == 2 else [array]
    columns = [_column(name, column, length, kinds="fiu", wanted="numbers") for column in given]
    single = bool(columns) and all(column.dtype.newbyteorder("=") == np.float32 for column in columns)
    dtype = np.float32 if single else np.float64
    return tuple(np.ascontiguousarray(column, dtype=dtype) for column in columns)


def status_column(name: str, values: Any, length: int) -> NDArray[np.int8]:
    """Which of ``length`` rows to leave out: int8, 0 = keep, from any integers or booleans.

    Raises TypeError, ValueError.
    """
    array = _column(name, values, length, kinds="iub", wanted="integers")
    if array.dtype != np.int8:
        array = array != 0
    return np.ascontiguousarray(array).view(np.int8)


def mark_table(name: str, values: Any, shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """``values`` as contiguous bool of that shape. Raises TypeError, ValueError."""
    return np.ascontiguousarray(_table(name, values, shape, kinds="b", wanted="booleans"), dtype=np.bool_)


def real_table(name: str, values: Any, shape: tuple[int, ...] | None) -> NDArray[np.float64]:
    """``values`` as contiguous float64 of that shape; None = of any. Raises TypeError, ValueError."""
    return np.ascontiguousarray(_table(name, values, shape, kinds="fiu", wanted="numbers"), dtype=np.float64)


def group_count(n_groups: Any) -> int:
    """``n_groups`` as a number of groups that int32 ids can name. Raises TypeError, ValueError."""
    return whole_number("n_groups", n_groups, 0, 2**31)


def node_count(n_nodes: Any) -> int:
    """``n_nodes`` as a number of nodes that int32 can name, with a place after them.

    Raises TypeError, ValueError.
    """
    return whole_number("n_nodes", n_nodes, 0, 2**31 - 2)


def edge_marks(mask: Any, edges: int) -> NDArray[np.bool_]:
    """``mask``, whether each of ``edges`` counts, bool[edges]; None: all do, which comes back as no marks.

    Raises TypeError, ValueError.
    """
    return np.empty(0, np.bool_) if mask is None else mark_table("mask", mask, (edges,))


def side_columns(
    starts: Any, neighbours: Any, edges: Any, mask: Any
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32], NDArray[np.bool_]]:
    """One side of a graph as ``csr.Neighbours`` has it, and ``edge_marks``.

    Only shapes are looked at, since a question may need little of them: what an element says is for the
    kernel to check where it uses it. Raises TypeError, ValueError.
    """
    begins, others = id_column("starts", starts), id_column("neighbours", neighbours)
    if begins.size == 0 or begins[0] != 0 or begins[-1] != others.size:
        raise ValueError(f"starts must rise from 0 to the number of neighbours, {others.size}")
    numbers = id_column("edges", edges, others.size)
    return begins, others, numbers, edge_marks(mask, others.size)


SIDE_REFUSED = "starts, neighbours and edges are not one side of a graph: one of them is out of range"


def whole_number(name: str, value: Any, least: int, most: int = 2**63 - 1) -> int:
    """``value``, an integer of NumPy or Python, held to its limits. Raises TypeError, ValueError."""
    if not isinstance(value, int | np.integer) or isinstance(value, bool):
        raise TypeError(f"{name} must be a whole number, not of type {type(value).__name__}")
    if not least <= value <= most:
        limit = f"at least {least}" if value < least else f"at most {most}"
        raise ValueError(f"{name} must be {limit}, not {value}")
    return int(value)


def real_number(name: str, value: Any) -> float:
    """``value``, a number of NumPy or Python, which may be NaN or infinite. Raises TypeError."""
    if not isinstance(value, int | float | np.integer | np.floating) or isinstance(value, bool):
        raise TypeError(f"{name} must be a number, not of type {type(value).__name__}")
    return float(value)


def inner_share(name: str, value: Any) -> float:
    """``value``, a number between 0 and 1 and neither of them. Raises TypeError, ValueError."""
    share = real_number(name, value)
    if not 0.0 < share < 1.0:
        raise ValueError(f"{name} must lie between 0 and 1, not {share}")
    return share


def each_number(name: str, values: Any, length: int) -> NDArray[np.float64]:
    """``values``, one number for all or one for each, as float64[length]. Raises TypeError, ValueError."""
    one = not isinstance(values, list | tuple) and np.ndim(values) == 0
    if not one:
        return real_column(name, values, length)
    return np.full(length, real_table(name, values, ())[()])


def key_column(name: str, values: Any, length: int | None = None) -> NDArray[np.uint64]:
    """``values`` as contiguous uint64[length]: keys of random streams. Raises TypeError, ValueError."""
    whole = isinstance(values, list | tuple) and all(isinstance(x, int | np.integer) for x in values)
    if whole and all(0 <= x < 2**64 and not isinstance(x, bool) for x in values):
        values = np.array(values, np.uint64)  # by itself NumPy makes floats of large and small ones together
    array = _column(name, values, length, kinds="iu", wanted="whole numbers from 0 to 2**64 - 1")
    if array.size and array.min() < 0:
        raise ValueError(f"{name} must lie between 0 and 2**64 - 1")
    return np.ascontiguousarray(array, dtype=np.uint64)


def integer_column(name: str, values: Any, length: int | None = None) -> NDArray[Any]:
    """``values`` as an array [length] of integers of any width and sign. Raises TypeError, ValueError."""
    return _column(name, values, length, kinds="iu", wanted="integers")


def group_offsets(
    values: Any, length: int, name: str = "offsets", members: str = "candidates"
) -> NDArray[np.int64]:
    """Where each group starts, and last where all end: int64[groups + 1] from 0 up to ``length``.

    Raises TypeError, ValueError.
    """
    offsets = whole_column(name, values)
    if offsets.size == 0 or offsets[0] != 0 or offsets[-1] != length or (np.diff(offsets) < 0).any():
        raise ValueError(f"{name} must rise from 0 to the number of {members}, {length}")
    return offsets


def _column(name: str, values: Any, length: int | None, *, kinds: str, wanted: str) -> NDArray[Any]:
    array = _array(name, values)
    if array.ndim != 1 or (length is not None and array.size != length):
        shape = "one-dimensional" if length is None else f"of shape ({length},)"
        raise ValueError(f"{name} must be {shape}, not of shape {array.shape}")
    return _of_kind(name, array, kinds, wanted)


def _table(name: str, values: Any, shape: tuple[int, ...] | None, *, kinds: str, wanted: str) -> NDArray[Any]:
    array = _array(name, values)
    if shape is not None and array.shape != shape:
        raise ValueError(f"{name} must be of shape {shape}, not of shape {array.shape}")
    return _of_kind(name, array, kinds, wanted)


def unless_masked(values: Any) -> Any:
    """``values`` as an array; a masked one as it is, for the check of its columns to refuse it by name."""
    return values if _is_masked(values) else np.asarray(values)


def _is_masked(values: Any) -> bool:
    """Whether somebody masked them: to import ``numpy.ma`` for that takes longer than many a kernel."""
    masked = sys.modules.get("numpy.ma")
    return masked is not None and isinstance(values, masked.MaskedArray)


def _array(name: str, values: Any) -> NDArray[Any]:
    if _is_masked(values):
        raise TypeError(f"{name} must not be a masked array: put NaN where a value is missing")
    try:
        return np.asarray(values)
    except ValueError:
        raise ValueError(f"{name} must be an array, not rows of unequal length") from None


def _of_kind(name: str, array: NDArray[Any], kinds: str, wanted: str) -> NDArray[Any]:
    if array.dtype.kind in kinds:
        return array
    if array.size:
        raise TypeError(f"{name} must hold {wanted}, not {array.dtype}")
    return np.empty(array.shape, np.int8)  # an empty list is of floats for NumPy, whatever was meant
