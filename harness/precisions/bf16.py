"""bfloat16 weights, inputs and activations.

On a CPU with AVX-512 but without its bf16 instructions oneDNN widens products to fp32 inside its
kernels. That is bf16 all the same: a product of two bf16 numbers is exact in fp32, hardware
accumulates in fp32 too, and every weight and activation is stored in 16 bits. What it costs is speed,
and speed is what is measured.
"""

from __future__ import annotations

import torch
from torch import nn

from ..models.loaded import Inputs
from .casting import cast, cpu_lacks
from .prepared import Prepared

TOLERANCE = 5e-2  # relative L2: 8 bits of precision through tens of layers
WEIGHT_BYTES = 2  # of one weight, at the least


def unsupported(device_kind: str) -> str | None:
    """Why the device (the current one, of GPUs) can't compute in bf16, or None."""
    if device_kind == "cpu":
        return cpu_lacks("bf16")
    if not torch.cuda.is_bf16_supported(including_emulation=False):
        return "this GPU has no bf16 arithmetic: it needs compute capability 8.0"
    return None


def prepare(module: nn.Module, inputs: Inputs, device: torch.device | str) -> Prepared:
    """The module (cast in place) and its inputs in bfloat16 on the device."""
    return cast(module, inputs, device, torch.bfloat16)
