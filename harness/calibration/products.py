"""Square matrix products, one for each kind of arithmetic that a device may have units for."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

from .. import names
from ..precisions.float32_products import allow_tf32, forbid_reduced_precision

Product = Callable[[], object]

# What is multiplied, by the precision whose file says whether the device can. int8 has none: its
# precisions quantise layers, and whether a device multiplies int8 shows when it is asked to.
ARITHMETIC = {
    "fp32": torch.float32,
    "tf32": torch.float32,
    "bf16": torch.bfloat16,
    "fp16": torch.float16,
    "int8": torch.int8,
    "fp8": torch.float8_e4m3fn,
}


def unsupported(precision: str, device_kind: str) -> str | None:
    """Why the device (the current one, of GPUs) can't multiply in ``precision``, or None."""
    if precision == "int8":
        return None
    if precision not in names.available("precisions"):
        return f"there is no precision {precision}"
    reason: str | None = names.load("precisions", precision).unsupported(device_kind)
    return reason


def product(precision: str, size: int, device: str) -> Product:
    """A function that multiplies two ``size`` × ``size`` matrices: 2 · size³ operations.

    It holds for the precision that was asked for last: TF32 is a switch of the whole process. Raises
    RuntimeError where torch has no such product for the device, or not the memory.
    """
    forbid_reduced_precision()
    left, right = (_matrix(ARITHMETIC[precision], size, device) for _ in range(2))
    if precision == "tf32":
        allow_tf32()
    if precision == "int8":
        return lambda: torch._int_mm(left, right)
    if precision == "fp8":
        return _scaled(left, right)
    out = torch.empty_like(left)
    return lambda: torch.mm(left, right, out=out)


def _scaled(left: Tensor, right: Tensor) -> Product:
    """The fp8 product that hardware has: rows by columns, one scale a tensor, fast sums, into bf16."""
    scale = torch.ones((), device=left.device)
    columns = right.t()
    return lambda: torch._scaled_mm(
        left, columns, scale_a=scale, scale_b=scale, out_dtype=torch.bfloat16, use_fast_accum=True
    )


def _matrix(dtype: torch.dtype, size: int, device: str) -> Tensor:
    """Values as a network has them: a GPU draws less power for zeros, and clocks higher."""
    if dtype == torch.int8:
        return torch.randint(-127, 128, (size, size), dtype=dtype, device=device)
    return torch.randn(size, size, device=device).to(dtype)
