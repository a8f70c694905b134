"""Automatic mixed precision: fp32 weights, and torch casts what a matrix product or a convolution reads.

Which operations run in 16 bits and which stay in fp32 is torch's own list for the kind of device. Weights
are cast anew in each step: that is a part of what mixed precision costs, and is measured. What stays in fp32
is IEEE fp32's: TF32 is off.
"""

from __future__ import annotations

from dataclasses import replace

import torch
from torch import nn

from ..models.loaded import Inputs
from . import fp32
from .prepared import Prepared


def autocasting(
    module: nn.Module, inputs: Inputs, device: torch.device | str, dtype: torch.dtype
) -> Prepared:
    """The module (moved in place) and its inputs in fp32 on the device; every step runs under autocast."""
    kind = torch.device(device).type
    return replace(fp32.prepare(module, inputs, device), context=lambda: torch.autocast(kind, dtype))
