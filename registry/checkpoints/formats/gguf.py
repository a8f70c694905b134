"""GGUF, versions 2 and 3: counts, typed key-values, tensor infos; the tensors' bytes are not touched.

Source: https://github.com/ggml-org/ggml, docs/gguf.md.
"""

from __future__ import annotations

import math
from typing import BinaryIO

from ..facts import Read, Tensor, texts
from .ggml_types import MIXTURES, TYPES
from .gguf_values import Value, Values

WEIGHTS = True
_MAGIC = b"GGUF"
_VERSIONS = (2, 3)
_MOST = 1 << 20  # tensors, or key-values
_DIMENSIONS = 8  # of a tensor at most; ggml knows 4
_LARGEST_ALIGNMENT = 1 << 24
_UNKNOWN = "type "  # and its number: ggml gets new ones


def takes(name: str) -> bool:
    """Whether a file of that name is one."""
    return name.endswith(".gguf")


def read(stream: BinaryIO, size: int) -> Read:
    """Tensors, architecture, name, licence and quantisation of a file of ``size`` bytes.

    Raises ValueError where the header contradicts itself or the file's length.
    """
    values = Values(stream, size)
    _begin(values)
    n_tensors, n_pairs = _count(values, "tensors"), _count(values, "key-values")
    pairs = _pairs(values, n_pairs)
    infos = [_info(values) for _ in range(n_tensors)]
    _no_duplicates([tensor.name for tensor, _ in infos])
    _places(infos, _data_begin(values.at, pairs), _alignment(pairs), size)
    mixture = pairs.get("general.file_type")
    said = texts(
        architecture=pairs.get("general.architecture"),
        name=pairs.get("general.name"),
        licence=pairs.get("general.license"),
        quantisation=MIXTURES.get(mixture) if type(mixture) is int else None,
    )
    unknown = sorted({tensor.dtype for tensor, _ in infos if tensor.dtype.startswith(_UNKNOWN)})
    findings = (
        (f"has tensors of types that are not known here: {', '.join(unknown)[:80]}",) if unknown else ()
    )
    return Read(tensors=tuple(tensor for tensor, _ in infos), said=said, findings=findings)


def _begin(values: Values) -> None:
    """Magic and version, which also tells the byte order."""
    if (magic := values.raw(4)) != _MAGIC:
        raise ValueError(f"is no GGUF file: it begins with {magic!a}")
    version = values.raw(4)
    if version[:2] == b"\0\0":
        values.swap()
        version = version[::-1]
    if (number := int.from_bytes(version, "little")) not in _VERSIONS:
        raise ValueError(f"is GGUF of version {number}, and only 2 and 3 are read")


def _count(values: Values, what: str) -> int:
    """How many of ``what`` follow."""
    count = values.u64()
    if count > _MOST:
        raise ValueError(f"says that it has {count:,} {what}, at most {_MOST:,} are read")
    return count


def _pairs(values: Values, count: int) -> dict[str, Value]:
    pairs: dict[str, Value] = {}
    for _ in range(count):
        key = values.key()
        if key in pairs:
            raise ValueError(f"has the key {ascii(key)[:80]} twice")
        pairs[key] = values.value()
    return pairs


def _info(values: Values) -> tuple[Tensor, int]:
    """A tensor and where it begins in the data; one of an unknown type has no size."""
    name, dimensions = values.key(), values.u32()
    if dimensions > _DIMENSIONS:
        raise ValueError(f"has a tensor {ascii(name)[:80]} of {dimensions:,} dimensions")
    shape = [values.u64() for _ in range(dimensions)]
    number, begin = values.u32(), values.u64()
    elements = math.prod(shape)
    if number not in TYPES:
        return Tensor(name, f"{_UNKNOWN}{number}", elements, 0), begin
    dtype, block, width = TYPES[number]
    if (shape[0] if shape else 1) % block:
        raise ValueError(f"contradicts itself: rows of {ascii(name)[:80]} are not whole blocks of {dtype}")
    return Tensor(name, dtype, elements, elements // block * width), begin


def _no_duplicates(names: list[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ValueError(f"has the tensor {ascii(name)[:80]} twice")
        seen.add(name)


def _alignment(pairs: dict[str, Value]) -> int:
    found = pairs.get("general.alignment", 32)
    if type(found) is not int or not 1 <= found <= _LARGEST_ALIGNMENT or found & (found - 1):
        raise ValueError(f"has the alignment {ascii(found)[:40]}, which is no power of two")
    return found


def _data_begin(at: int, pairs: dict[str, Value]) -> int:
    alignment = _alignment(pairs)
    return -(-at // alignment) * alignment


def _places(infos: list[tuple[Tensor, int]], data: int, alignment: int, size: int) -> None:
    """Refuses tensors that overlap, begin where none may, or end behind the file's end."""
    end, last = 0, ""
    for tensor, begin in sorted(infos, key=lambda info: info[1]):
        shown = ascii(tensor.name)[:80]
        if begin % alignment:
            raise ValueError(f"contradicts itself: {shown} begins at {begin:,}, no multiple of {alignment}")
        if begin < end:
            raise ValueError(f"contradicts itself: {shown} overlaps with {last}")
        end, last = begin + tensor.size_bytes, shown
    if infos and data + end > size:
        raise ValueError(f"is cut off: {size:,} bytes, by its header {data + end:,}")
