"""IEEE single precision throughout: TF32 and bf16 shortcuts in matrix products are off.

What a model's module or factory switched on before is off again. A model that switches them on while it
runs is found out by ``Prepared.broken`` after the first step, and refused: its next steps would be tf32's.
"""

from __future__ import annotations

from contextlib import nullcontext

import torch
from torch import nn

from ..models.loaded import Inputs, mapped
from .float32_products import forbid_reduced_precision, reduced
from .prepared import Prepared

TOLERANCE = 1e-4  # relative L2 between two fp32 evaluations of one model: order of summation alone
WEIGHT_BYTES = 4  # of one weight, at the least


def unsupported(device_kind: str) -> str | None:
    """None: every device computes in fp32."""
    return None


def prepare(module: nn.Module, inputs: Inputs, device: torch.device | str) -> Prepared:
    """The module (moved in place) and its inputs on the device, in a process that computes in IEEE fp32."""
    forbid_reduced_precision()
    moved = mapped(inputs, lambda tensor: tensor.to(device))
    return Prepared(module.to(device), moved, nullcontext, broken=reduced)
