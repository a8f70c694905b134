"""torch.compile with its default backend and mode: fixed shapes, graph breaks allowed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from torch import nn

from . import torch_compile


def unavailable(device_kind: str) -> str | None:
    """What inductor lacks to compile for the device (the current one, of GPUs), or None."""
    return torch_compile.lacks(device_kind)


def compile_module(module: nn.Module) -> Callable[..., Any]:
    """The compiled module; compilation happens at its first call.

    Raises UnsupportedError ("compile") for dynamically quantised layers.
    """
    torch_compile.refuse_quantised(module)
    return torch_compile.compiled(module)


def broken() -> str | None:
    """Why what ran was eager, or None."""
    return torch_compile.nothing_compiled()
