"""A model ready to run in one precision on one device."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from torch import nn

from ..models.loaded import Inputs


@dataclass(frozen=True, slots=True)
class Prepared:
    """``module`` and ``inputs`` on the device; every step runs inside ``context()``.

    ``trainable`` is False where the precision has no backward pass.
    """

    module: nn.Module
    inputs: Inputs
    context: Callable[[], AbstractContextManager[object]]
    trainable: bool = True
