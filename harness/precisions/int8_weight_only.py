"""int8 weights in linear layers, one scale per output channel; bf16 activations, and bf16 for the rest.

Torch's own kernel (``_weight_int8pack_mm``) widens the weights in registers as it multiplies: a quarter of
the memory traffic of fp32 weights, and no quantised activations. That of a CPU is vectorised for bf16
activations alone, and its aligned loads read 16 weights at a time: a layer whose input features are not a
multiple of 16 would be read past its end, stays in bf16 and does not count. That of a GPU is a plain one,
without tensor cores: right, and slow at large batches.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from ..models.loaded import Inputs
from . import bf16
from .casting import cast
from .linear_layers import require_linear, with_linear_layers
from .prepared import Prepared

TOLERANCE = 5e-2  # relative L2, as bf16: 8 bits of precision through tens of layers
WEIGHT_BYTES = 1  # of one weight, at the least: in linear layers

VECTOR = 16  # input features that the CPU's kernel reads at once


def unsupported(device_kind: str) -> str | None:
    """Why the device can't compute in it, or None: bf16 must be there, and a small product come out right."""
    lacking = bf16.unsupported(device_kind)
    if lacking:
        return f"int8_weight_only keeps activations in bf16: {lacking}"
    ones = torch.ones(VECTOR, VECTOR, dtype=torch.bfloat16, device=device_kind)
    try:
        product = torch._weight_int8pack_mm(ones, ones.to(torch.int8), ones[0])
    except RuntimeError as error:
        return f"this torch multiplies no int8 weights on a {device_kind}: {str(error).splitlines()[0]}"
    return None if bool((product == VECTOR).all()) else "this torch's product with int8 weights is wrong"


def prepare(module: nn.Module, inputs: Inputs, device: torch.device | str) -> Prepared:
    """The module with its linear layers replaced in place, the rest cast to bf16, and its inputs.

    Raises UnsupportedError ("op") where such layers hold less than half of what multiplies.
    """
    require_linear("int8_weight_only", module, fits, f"linear layers of {VECTOR}·n input features")
    return cast(with_linear_layers(module, Int8Linear, fits), inputs, device, torch.bfloat16, trainable=False)


def fits(layer: nn.Linear) -> bool:
    """Whether the kernel can read the layer's weights."""
    return layer.in_features % VECTOR == 0


class Int8Linear(nn.Module):
    """A linear layer with ``weight``: int8[out, in] and ``scales``: bfloat16[out]; weight·scales ≈ its."""

    weight: Tensor
    scales: Tensor
    bias: Tensor | None

    def __init__(self, layer: nn.Linear) -> None:
        super().__init__()
        self.in_features, self.out_features = layer.in_features, layer.out_features
        weight = layer.weight.detach()
        largest = weight.abs().amax(1).clamp(min=torch.finfo(torch.float32).tiny * 127)
        scales = (largest / 127).to(
            torch.bfloat16
        )  # rounded before the weights are, which then make up for it
        quantised = (weight / scales.to(weight.dtype)[:, None]).round().clamp(-127, 127).to(torch.int8)
        self.register_buffer("weight", quantised)
        self.register_buffer("scales", scales)
        self.register_buffer("bias", None if layer.bias is None else layer.bias.detach())

    def forward(self, inputs: Tensor) -> Tensor:
        """inputs·weightᵀ·scales + bias, over the last dimension."""
        rows = inputs.reshape(-1, self.in_features).contiguous()
        # a view into the middle of a tensor: the loads are aligned ones. Dynamo would break the graph here
        if not torch.compiler.is_compiling() and rows.storage_offset() % VECTOR:
            rows = rows.clone()
        product = torch._weight_int8pack_mm(rows, self.weight, self.scales)
        product = product.view(*inputs.shape[:-1], self.out_features)
        return product if self.bias is None else product + self.bias
