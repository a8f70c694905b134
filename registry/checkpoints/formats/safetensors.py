"""safetensors: eight bytes of length, a JSON header, and the tensors' bytes, which are not touched.

Source: https://github.com/huggingface/safetensors, "Format", and safetensors/src/tensor.rs (``validate``).
"""

from __future__ import annotations

import json
import math
from collections import Counter
from typing import Any, BinaryIO

from ..facts import Read, Tensor

WEIGHTS = True
LARGEST_HEADER = 100_000_000  # bytes, as the library's own limit
_DIMENSIONS = 64  # of a tensor at most
_LONGEST_TYPE = 40  # characters
_COUNTS = 1 << 63  # from there on they are none
BITS = (
    dict.fromkeys(("BOOL", "U8", "I8", "F8_E5M2", "F8_E4M3", "F8_E8M0", "F8_E4M3FNUZ", "F8_E5M2FNUZ"), 8)
    | dict.fromkeys(("I16", "U16", "F16", "BF16"), 16)
    | dict.fromkeys(("I32", "U32", "F32"), 32)
    | dict.fromkeys(("I64", "U64", "F64", "C64"), 64)
    | {"F4": 4, "F6_E2M3": 6, "F6_E3M2": 6}
)


def takes(name: str) -> bool:
    """Whether a file of that name is one."""
    return name.endswith(".safetensors")


def read(stream: BinaryIO, size: int) -> Read:
    """The tensors of a file of ``size`` bytes. Raises ValueError where header and file disagree."""
    head = stream.read(8)
    if len(head) < 8:
        raise ValueError(f"is cut off: {size:,} bytes, and a header's length alone takes 8")
    length = int.from_bytes(head, "little")
    if length > LARGEST_HEADER:
        raise ValueError(f"has a header of {length:,} bytes, at most {LARGEST_HEADER:,} are read")
    if 8 + length > size:
        raise ValueError(f"is cut off: {size:,} bytes, its header alone ends at {8 + length:,}")
    tensors, end = _checked(_parsed(stream.read(length)))
    _same_size(8 + length + end, size)
    unknown = sorted({tensor.dtype for _, tensor in tensors} - BITS.keys())
    findings = (
        (f"has tensors of types that are not known here: {', '.join(unknown)[:80]}",) if unknown else ()
    )
    return Read(tensors=tuple(tensor for _, tensor in tensors), findings=findings)


def _parsed(text: bytes) -> dict[str, Any]:
    try:
        header = json.loads(text.decode(), object_pairs_hook=_without_duplicates)
    except RecursionError:
        raise ValueError("has a header that is nested too deeply") from None
    except ValueError as error:
        raise ValueError(f"has a header that is no JSON: {error}") from error
    if not isinstance(header, dict):
        raise ValueError("has a header that is no JSON object")
    header.pop("__metadata__", None)
    return header


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        (twice, _), *_ = Counter(name for name, _ in pairs).most_common(1)
        raise ValueError(f"{_shown(twice)} is there twice")
    return found


def _checked(header: dict[str, Any]) -> tuple[list[tuple[int, Tensor]], int]:
    """The tensors with where they begin, in that order, and where the last ends: without gap or overlap."""
    found = sorted((_tensor(name, entry) for name, entry in header.items()), key=lambda pair: pair[0])
    end, last = 0, "the header"
    for begin, tensor in found:
        if begin != end:
            what = "overlaps with" if begin < end else "leaves a gap after"
            raise ValueError(f"contradicts itself: {_shown(tensor.name)} {what} {_shown(last)}")
        end, last = begin + tensor.size_bytes, tensor.name
    return found, end


def _tensor(name: str, entry: Any) -> tuple[int, Tensor]:
    try:
        dtype, shape, (begin, end) = entry["dtype"], entry["shape"], entry["data_offsets"]
    except (TypeError, KeyError, ValueError):
        raise ValueError(f"has a header in which {_shown(name)} is no tensor") from None
    if type(shape) is not list or len(shape) > _DIMENSIONS:
        raise ValueError(f"has a header in which {_shown(name)} has no shape")
    for value in (begin, end, *shape):
        if type(value) is not int or not 0 <= value < _COUNTS:
            raise ValueError(f"has a header in which {_shown(name)} has no shape or place")
    if type(dtype) is not str or not 0 < len(dtype) <= _LONGEST_TYPE:
        raise ValueError(f"has a header in which {_shown(name)} has no type")
    elements, bits = math.prod(shape), BITS.get(dtype)
    if begin > end or (bits is not None and (end - begin) * 8 != elements * bits):
        raise ValueError(
            f"contradicts itself: {_shown(name)} is {dtype} of {elements:,} elements in {end - begin:,} bytes"
        )
    return begin, Tensor(name, dtype, elements, end - begin)


def _shown(name: str) -> str:
    return ascii(name)[:80]


def _same_size(expected: int, size: int) -> None:
    if size < expected:
        raise ValueError(f"is cut off: {size:,} bytes, by its header {expected:,}")
    if size > expected:
        raise ValueError(f"has {size - expected:,} bytes behind its last tensor, which ends at {expected:,}")
