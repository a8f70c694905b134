"""A model ready to run in one precision on one device."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

import torch
from torch import nn

from ..models.loaded import Inputs


def not_broken() -> None:
    """None: nothing can take this precision away from a model."""
    return


@dataclass(frozen=True, slots=True)
class Prepared:
    """``module`` and ``inputs`` on the device; every step runs inside ``context()``.

    ``trainable`` is False where the precision has no backward pass; ``scaler``, where there is one, scales
    the loss. ``broken()``, once a step has run, is why it was not in this precision after all, or None.
    """

    module: nn.Module
    inputs: Inputs
    context: Callable[[], AbstractContextManager[object]]
    trainable: bool = True
    scaler: torch.amp.GradScaler | None = None
    broken: Callable[[], str | None] = not_broken
