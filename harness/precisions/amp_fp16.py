"""Automatic mixed precision with IEEE half: fp32 weights, fp16 products, and a scaled loss in training.

Without the scale most gradients would be too small for fp16. The scale starts at 65,536: where that is too
much for a model, its first training steps update nothing while the scale is halved, as in any such training.
"""

from __future__ import annotations

from dataclasses import replace

import torch
from torch import nn

from ..models.loaded import Inputs
from . import fp16
from .autocast import autocasting
from .prepared import Prepared

TOLERANCE = fp16.TOLERANCE  # relative L2: each product still reads operands of 11 bits of precision
WEIGHT_BYTES = 4  # of one weight, at the least


def unsupported(device_kind: str) -> str | None:
    """Why the device can't multiply in fp16, or None: casts around products that are widened gain nothing."""
    return fp16.unsupported(device_kind)


def prepare(module: nn.Module, inputs: Inputs, device: torch.device | str) -> Prepared:
    """The module (moved in place) and its inputs in fp32 on the device; steps run under fp16 autocast."""
    scaler = torch.amp.GradScaler(torch.device(device).type)
    return replace(autocasting(module, inputs, device, torch.float16), scaler=scaler)
