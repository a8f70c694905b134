"""How the dimensions of images lie in memory. Names are torch-free; ``apply`` imports torch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import names
from .errors import UnsupportedError

if TYPE_CHECKING:
    from torch import nn

    from .models.loaded import Inputs

MEMORY_FORMATS = ("contiguous", "channels_last")


def apply(name: str, module: nn.Module, inputs: Inputs) -> tuple[nn.Module, Inputs]:
    """The module and inputs with their 4-d tensors laid out as ``name`` says.

    Raises UnknownNameError, or UnsupportedError ("op") for channels_last on inputs that are no images.
    """
    if name not in MEMORY_FORMATS:
        raise names.unknown("memory format", name, MEMORY_FORMATS)
    return (module, inputs) if name == "contiguous" else _channels_last(module, inputs)


def _channels_last(module: nn.Module, inputs: Inputs) -> tuple[nn.Module, Inputs]:
    import torch

    from .models.loaded import mapped, tensors

    if not any(tensor.ndim == 4 for tensor in tensors(inputs)):
        raise UnsupportedError("op", "channels_last needs inputs of 4 dimensions: use contiguous")
    layout = torch.channels_last

    def laid_out(tensor: torch.Tensor) -> torch.Tensor:
        return tensor.contiguous(memory_format=layout) if tensor.ndim == 4 else tensor

    # torch's stubs lack the overload that takes a memory format alone
    return module.to(memory_format=layout), mapped(inputs, laid_out)  # type: ignore[call-overload]
