"""What a user's factory returned, checked and brought to one form."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.parameter import is_lazy

from ..errors import ModelError
from .loaded import Inputs, mapped

RETURNS = "return (module, example_inputs)"


def checked(returned: Any, name: str) -> tuple[nn.Module, Inputs]:
    """The module in eval mode and its inputs, both on the CPU and their floats in fp32.

    ``returned`` is what the factory ``name`` gave. Raises ModelError that says what is wrong with it.
    """
    if not isinstance(returned, (tuple, list)) or len(returned) != 2:
        raise ModelError(f"{name} returned {kind_of(returned)}: {RETURNS}")
    module, inputs = returned
    if not isinstance(module, nn.Module):
        raise ModelError(f"{name} returned {kind_of(module)} for the module, not an nn.Module: {RETURNS}")
    if any(is_lazy(parameter) for parameter in module.parameters()):
        raise ModelError(
            f"{name} returned lazy layers without weights: call the module once before returning"
        )
    if any(tensor.is_meta for tensor in (*module.parameters(), *module.buffers())):
        raise ModelError(f"{name} returned weights on the meta device, without values: load them first")
    return module.to("cpu").float().eval(), mapped(_inputs(inputs, name), _as_fp32)


def kind_of(value: Any) -> str:
    """What kind of thing a value is, in words: ``a tuple of 3``, ``a value of type int``."""
    if isinstance(value, (tuple, list)):
        return f"a {type(value).__name__} of {len(value)}"
    return "None" if value is None else f"a value of type {type(value).__name__}"


def _inputs(inputs: Any, name: str) -> Inputs:
    """The inputs as a tuple or dict of tensors that share a batch in dim 0."""
    structure = _structure(inputs, name)
    tensors = tuple(structure.values()) if isinstance(structure, dict) else structure
    for tensor in tensors:
        _check_tensor(tensor, name)
    sizes = sorted({len(tensor) for tensor in tensors})
    if len(sizes) > 1:
        raise ModelError(f"{name} returned inputs with batches {sizes}: give all the same length in dim 0")
    return structure


def _structure(inputs: Any, name: str) -> Inputs:
    if isinstance(inputs, Tensor):
        return (inputs,)
    if not isinstance(inputs, (tuple, list, dict)) or not inputs:
        raise ModelError(f"{name} returned {kind_of(inputs)} for the inputs: use tensors, at least one")
    if not isinstance(inputs, dict):
        return tuple(inputs)
    if not all(isinstance(key, str) for key in inputs):
        raise ModelError(f"{name} returned inputs under keys that are no names: use the forward's own")
    return dict(inputs)


def _check_tensor(tensor: Any, name: str) -> None:
    if not isinstance(tensor, Tensor):
        raise ModelError(f"{name} returned {kind_of(tensor)} among the inputs: use tensors only")
    if tensor.is_meta:
        raise ModelError(f"{name} returned an input on the meta device, without values: use torch.randn")
    if tensor.ndim == 0 or len(tensor) == 0:
        shape = tuple(tensor.shape)
        raise ModelError(f"{name} returned an input of shape {shape}: put the batch, at least 1, in dim 0")


def _as_fp32(tensor: Tensor) -> Tensor:
    plain = tensor.detach().to("cpu")
    return plain.to(torch.float32) if plain.is_floating_point() else plain
