"""Models and inputs cast to a 16-bit float throughout, and whether a device computes in it."""

from __future__ import annotations

from contextlib import nullcontext

import torch
from torch import Tensor, nn

from ..models.loaded import Inputs, mapped
from .float32_products import forbid_reduced_precision
from .prepared import Prepared


def cast(
    module: nn.Module,
    inputs: Inputs,
    device: torch.device | str,
    dtype: torch.dtype,
    *,
    trainable: bool = True,
) -> Prepared:
    """The module (cast in place) and its inputs on the device; integer inputs keep their type.

    What a model itself does in fp32 is done in IEEE fp32.
    """
    forbid_reduced_precision()

    def moved(tensor: Tensor) -> Tensor:
        return tensor.to(device, dtype if tensor.is_floating_point() else None)

    return Prepared(module.to(device, dtype), mapped(inputs, moved), nullcontext, trainable)


def cpu_lacks(name: str) -> str | None:
    """Why the CPU's library has no kernels for ``name`` ("bf16", "fp16") on this CPU, or None.

    Without them torch falls back to loops that widen each element to fp32.
    """
    if not torch.backends.mkldnn.is_available():  # type: ignore[no-untyped-call]
        return f"{name} on a CPU needs oneDNN, which this torch is built without"
    if not getattr(torch.ops.mkldnn, f"_is_mkldnn_{name}_supported")():
        return f"oneDNN has no {name} kernels for this CPU"
    return None
