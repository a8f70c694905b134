"""How many parameters stand in tensors, where a quantised file packs several into one element.

Source: what the quantisers write: GPTQ and AWQ (``qweight`` int32), bitsandbytes (``absmax`` beside uint8),
compressed-tensors (``weight_packed``), MXFP4 of gpt-oss (``_blocks``), block-wise FP8 (``weight_scale_inv``).
"""

from __future__ import annotations

from collections.abc import Sequence

from .facts import Tensor

_WORD = {"I32": 32, "U32": 32, "U8": 8, "I8": 8, "I16": 16}
_PACKED = (".qweight", ".weight_packed", "_blocks")
# What only says how to unpack: scales, zero points, orders, maps.
_BESIDE = (
    ".qzeros",
    ".scales",
    ".g_idx",
    ".weight_scale",
    ".weight_scale_inv",
    ".weight_zero_point",
    ".weight_shape",
    ".weight_g_idx",
    ".weight_global_scale",
    ".input_scale",
    ".input_global_scale",
    ".absmax",
    ".quant_map",
    ".nested_absmax",
    ".nested_quant_map",
    ".SCB",
    ".weight_format",
)
_STATE = ".quant_state."
_NIBBLES = 4  # bits of bitsandbytes' uint8 and of MXFP4


def parameters(tensors: Sequence[Tensor], bits: int | None) -> int | None:
    """The number of weights in ``tensors``; None where they are packed and nobody says by how many bits."""
    names = {tensor.name for tensor in tensors}
    if not any(map(_marks, names)):
        return sum(tensor.elements for tensor in tensors)
    total = 0
    for tensor in tensors:
        if _is_beside(tensor.name, names):
            continue
        width = _bits(tensor, names, bits)
        if width == 0:
            return None
        total += tensor.elements if width is None else tensor.elements * _WORD[tensor.dtype] // width
    return total


def _marks(name: str) -> bool:
    return name.endswith(_PACKED) or name.endswith(_BESIDE) or _STATE in name


def _is_beside(name: str, names: set[str]) -> bool:
    if name.endswith("_scales"):
        return f"{name.removesuffix('_scales')}_blocks" in names
    return name.endswith(_BESIDE) or _STATE in name


def _bits(tensor: Tensor, names: set[str], bits: int | None) -> int | None:
    """The bits of a weight of a packed tensor, 0 where nobody says; None for one that is not packed."""
    if tensor.dtype not in _WORD:
        return None
    if tensor.name.endswith("_blocks") or f"{tensor.name}.absmax" in names:
        return _NIBBLES
    return bits or 0 if tensor.name.endswith(_PACKED) else None
