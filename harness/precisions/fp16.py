"""IEEE half precision weights, inputs and activations, without loss scaling."""

from __future__ import annotations

import torch
from torch import nn

from ..models.loaded import Inputs
from .casting import cast, cpu_lacks
from .prepared import Prepared

TOLERANCE = 1e-2  # relative L2: 11 bits of precision through tens of layers
WEIGHT_BYTES = 2  # of one weight, at the least


def unsupported(device_kind: str) -> str | None:
    """Why the device can't compute in fp16, or None: every GPU that torch still runs on can."""
    return cpu_lacks("fp16") if device_kind == "cpu" else None


def prepare(module: nn.Module, inputs: Inputs, device: torch.device | str) -> Prepared:
    """The module (cast in place) and its inputs in half precision on the device."""
    return cast(module, inputs, device, torch.float16)
