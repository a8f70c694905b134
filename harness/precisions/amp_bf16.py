"""Automatic mixed precision with bfloat16: fp32 weights, bf16 products. No loss scaling: the range is fp32's.

On a CPU oneDNN computes the products as it does in bf16, with the kernels that bf16 asks for.
"""

from __future__ import annotations

import torch
from torch import nn

from ..models.loaded import Inputs
from . import bf16
from .autocast import autocasting
from .prepared import Prepared

TOLERANCE = bf16.TOLERANCE  # relative L2: each product still reads operands of 8 bits of precision
WEIGHT_BYTES = 4  # of one weight, at the least


def unsupported(device_kind: str) -> str | None:
    """Why the device can't multiply in bf16, or None: casts around products that are widened gain nothing."""
    return bf16.unsupported(device_kind)


def prepare(module: nn.Module, inputs: Inputs, device: torch.device | str) -> Prepared:
    """The module (moved in place) and its inputs in fp32 on the device; steps run under bf16 autocast."""
    return autocasting(module, inputs, device, torch.bfloat16)
