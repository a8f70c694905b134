"""A model as its source hands it over, and its inputs for a batch of any size."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import torch
from torch import Tensor, nn

Inputs: TypeAlias = tuple[Tensor, ...] | dict[str, Tensor]


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """A module in eval mode with example inputs; fp32 on the CPU, the batch in dim 0 of every input."""

    module: nn.Module
    inputs: Inputs
    input_shape: str  # per sample: "3x224x224", "128"; "example" = what a module's factory returned


def batch_size(inputs: Inputs) -> int:
    """The length of dim 0, which all inputs share."""
    return int(next(iter(tensors(inputs))).shape[0])


def batched(inputs: Inputs, batch: int) -> Inputs:
    """The same inputs with ``batch`` samples: the examples in order, over again as often as needed."""
    return mapped(inputs, lambda tensor: _resized(tensor, batch))


def mapped(inputs: Inputs, function: Callable[[Tensor], Tensor]) -> Inputs:
    """The same structure with ``function`` of each tensor."""
    if isinstance(inputs, dict):
        return {name: function(tensor) for name, tensor in inputs.items()}
    return tuple(function(tensor) for tensor in inputs)


def invoke(call: Callable[..., Any], inputs: Inputs) -> Any:
    """What ``call`` returns for the inputs: a dict by keyword, a tuple by position."""
    if isinstance(inputs, dict):
        return call(**inputs)
    return call(*inputs)


def tensors(inputs: Inputs) -> tuple[Tensor, ...]:
    """The input tensors in order."""
    return tuple(inputs.values()) if isinstance(inputs, dict) else inputs


def _resized(tensor: Tensor, batch: int) -> Tensor:
    rows = torch.arange(batch, device=tensor.device) % tensor.shape[0]
    return tensor[rows].contiguous()
