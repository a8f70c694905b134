"""e4m3 weights and activations in linear layers, bf16 for the rest: inference on GPUs with fp8 tensor cores.

One scale per tensor: the weights' fixed, the activations' taken anew from their largest element at each
call, which is measured with the rest. Sums are the tensor cores' fast ones, as inference libraries have them.
Layers whose dimensions are not multiples of 16, which the kernel asks for, stay in bf16 and do not count.

A CPU is refused: torch takes e4m3 tensors there too (``_scaled_mm``), but widens both of them to fp32 before
it multiplies, or leaves it to oneDNN to widen them to 16 bits. That is storage in fp8, not arithmetic.
"""

from __future__ import annotations

from dataclasses import replace

import torch
from torch import Tensor, nn

from ..models.loaded import Inputs
from .casting import cast
from .gpu_generation import gpu_lacks
from .linear_layers import require_linear, with_linear_layers
from .prepared import Prepared

TOLERANCE = 2e-1  # relative L2: 4 bits of precision in weights and activations
WEIGHT_BYTES = 1  # of one weight, at the least: in linear layers

ADA = (8, 9)
MULTIPLE = 16
E4M3 = torch.float8_e4m3fn
LARGEST = torch.finfo(E4M3).max


def unsupported(device_kind: str) -> str | None:
    """Why the device (the current one, of GPUs) can't compute in it, or None: a small product must run."""
    lacking = gpu_lacks("fp8", device_kind, ADA)
    if lacking:
        return f"{lacking}: torch widens e4m3 there before it multiplies" if device_kind == "cpu" else lacking
    ones = torch.ones(MULTIPLE, MULTIPLE, device=device_kind)
    try:
        product = _product(ones.to(E4M3), ones.to(E4M3), ones[0, 0], ones[0, 0], None)
    except RuntimeError as error:
        return f"this torch multiplies no fp8 on this GPU: {str(error).splitlines()[0]}"
    return None if bool((product == MULTIPLE).all()) else "this torch's fp8 product is wrong"


def prepare(module: nn.Module, inputs: Inputs, device: torch.device | str) -> Prepared:
    """The module with its linear layers replaced in place, the rest cast to bf16, and its inputs.

    Raises UnsupportedError ("op") where such layers hold less than half of what multiplies.
    """
    require_linear("fp8", module, fits, f"linear layers whose dimensions are multiples of {MULTIPLE}")
    prepared = cast(module, inputs, device, torch.bfloat16, trainable=False)
    return replace(prepared, module=with_linear_layers(prepared.module, Fp8Linear, fits))


def fits(layer: nn.Linear) -> bool:
    """Whether the kernel takes the layer's dimensions."""
    return layer.in_features % MULTIPLE == 0 and layer.out_features % MULTIPLE == 0


class Fp8Linear(nn.Module):
    """A linear layer with ``weight``: e4m3[out, in] and ``scale``: float32[], weight·scale ≈ the layer's.

    Made of a layer that is already in bf16: a cast of the whole module would widen its weights again.
    """

    weight: Tensor
    scale: Tensor
    bias: Tensor | None

    def __init__(self, layer: nn.Linear) -> None:
        super().__init__()
        self.in_features, self.out_features = layer.in_features, layer.out_features
        weight, scale = scaled(layer.weight.detach())
        self.register_buffer("weight", weight)
        self.register_buffer("scale", scale)
        self.register_buffer("bias", None if layer.bias is None else layer.bias.detach())

    def forward(self, inputs: Tensor) -> Tensor:
        """inputs·weightᵀ + bias in bf16, over the last dimension."""
        rows, scale = scaled(inputs.reshape(-1, self.in_features).contiguous())
        product = _product(rows, self.weight, scale, self.scale, self.bias)
        return product.view(*inputs.shape[:-1], self.out_features)


def scaled(tensor: Tensor) -> tuple[Tensor, Tensor]:
    """(values: e4m3, scale: float32[]), values·scale ≈ tensor: the largest element takes the largest e4m3."""
    scale = tensor.abs().amax().float().clamp(min=1e-12) / LARGEST
    return (tensor.float() / scale).clamp(-LARGEST, LARGEST).to(E4M3), scale


def _product(
    rows: Tensor, weight: Tensor, rows_scale: Tensor, weight_scale: Tensor, bias: Tensor | None
) -> Tensor:
    return torch._scaled_mm(
        rows, weight.t(), rows_scale, weight_scale, bias, out_dtype=torch.bfloat16, use_fast_accum=True
    )
