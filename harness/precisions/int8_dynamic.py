"""int8 weights in linear layers, activations quantised to int8 as they arrive; CPU inference only.

The rest of the model stays in fp32, so a model whose weights lie elsewhere (a convolutional network)
is refused: it would be measured in fp32 and sold as int8.
"""

from __future__ import annotations

import importlib
import importlib.util
import warnings
from contextlib import nullcontext
from typing import Any

import torch
from torch import nn

from ..models.loaded import Inputs, mapped
from .linear_layers import require_linear, rooted
from .prepared import Prepared

TOLERANCE = 1e-1  # relative L2: 8-bit weights and activations, one scale a tensor
WEIGHT_BYTES = 1  # of one weight, at the least: in linear layers


def unsupported(device_kind: str) -> str | None:
    """Why the device can't compute in it, or None."""
    if device_kind != "cpu":
        return "torch's dynamic int8 runs on the CPU only"
    if not all(importlib.util.find_spec(name) for name in ("torch.ao", "torch.ao.quantization")):
        return "this torch has no dynamic quantisation (torch.ao.quantization)"
    if not set(torch.backends.quantized.supported_engines) - {"none"}:
        return "this torch has no int8 kernels for this CPU"
    return None


def prepare(module: nn.Module, inputs: Inputs, device: torch.device | str) -> Prepared:
    """The module with its linear layers quantised in place, and its inputs.

    Raises UnsupportedError ("op") where linear layers hold less than half of what multiplies.
    """
    require_linear("int8_dynamic", module)
    quantised = _quantised(rooted(module))
    return Prepared(quantised, mapped(inputs, lambda tensor: tensor.to("cpu")), nullcontext, False)


def _quantised(module: nn.Module) -> nn.Module:
    with warnings.catch_warnings():
        # torch.ao is deprecated in favour of torchao, a package of its own; its kernels are not
        warnings.filterwarnings("ignore", "torch.ao.quantization is deprecated", DeprecationWarning)
        warnings.filterwarnings("ignore", "torch.quantize_per_tensor, ", UserWarning)
        quantization: Any = importlib.import_module("torch.ao.quantization")
        quantised: nn.Module = quantization.quantize_dynamic(module, {nn.Linear}, inplace=True)
    return quantised
