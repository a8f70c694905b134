"""IEEE single precision throughout: TF32 and bf16 shortcuts in matrix products are off."""

from __future__ import annotations

from contextlib import nullcontext

import torch
from torch import nn

from ..models.loaded import Inputs, mapped
from .prepared import Prepared

TOLERANCE = 1e-4  # relative L2 between two fp32 evaluations of one model: order of summation alone


def unsupported(device_kind: str) -> str | None:
    """None: every device computes in fp32."""
    return None


def prepare(module: nn.Module, inputs: Inputs, device: torch.device | str) -> Prepared:
    """The module (moved in place) and its inputs on the device, in a process that computes in IEEE fp32."""
    forbid_reduced_precision()
    moved = mapped(inputs, lambda tensor: tensor.to(device))
    return Prepared(module.to(device), moved, nullcontext)


def forbid_reduced_precision() -> None:
    """Turns TF32 and bf16 products off for the process: torch leaves TF32 on for cuDNN's convolutions.

    A result of such products is tf32's, and must never be kept as fp32's.
    """
    torch.set_float32_matmul_precision("highest")
    torch.backends.cudnn.allow_tf32 = False
    # torch's stubs don't know the per-operator switches; set, they outlast any global one a model sets
    torch.backends.cudnn.conv.fp32_precision = "ieee"  # type: ignore[attr-defined]
    torch.backends.cudnn.rnn.fp32_precision = "ieee"  # type: ignore[attr-defined]
    torch.backends.mkldnn.conv.fp32_precision = "ieee"  # type: ignore[attr-defined]
