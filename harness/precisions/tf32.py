"""fp32 weights and activations; matrix products, convolutions and recurrent layers round to TF32 first.

An NVIDIA GPU's own format: 8 bits of exponent as in fp32, 11 bits of precision as in fp16, sums in fp32.
Not to be confused with fp32, which never has it: torch by itself multiplies in fp32 and convolves in TF32.
"""

from __future__ import annotations

from contextlib import nullcontext

import torch
from torch import nn

from ..models.loaded import Inputs, mapped
from .float32_products import allow_tf32, not_tf32
from .gpu_generation import gpu_lacks
from .prepared import Prepared

TOLERANCE = 1e-2  # relative L2: 11 bits of precision through tens of layers, as fp16
WEIGHT_BYTES = 4  # of one weight, at the least

AMPERE = (8, 0)


def unsupported(device_kind: str) -> str | None:
    """Why the device (the current one, of GPUs) can't compute in it, or None."""
    return gpu_lacks("TF32", device_kind, AMPERE)


def prepare(module: nn.Module, inputs: Inputs, device: torch.device | str) -> Prepared:
    """The module (moved in place) and its inputs on the device, in a process that allows TF32."""
    allow_tf32()
    moved = mapped(inputs, lambda tensor: tensor.to(device))
    return Prepared(module.to(device), moved, nullcontext, broken=not_tf32)
