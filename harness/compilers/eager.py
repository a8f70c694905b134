"""No compiler: torch runs the module operation by operation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from torch import nn


def unavailable(device_kind: str) -> str | None:
    """None: nothing is needed."""
    return None


def compile_module(module: nn.Module) -> Callable[..., Any]:
    """The module itself."""
    return module


def broken() -> str | None:
    """None: there is nothing that could have failed to compile."""
    return None
