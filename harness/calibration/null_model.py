"""A model that does nothing, made ready as any other: what is timed then is the harness."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import nn

from .. import names
from ..devices.found import FoundDevice
from ..precisions import fp32
from ..scenarios import forward
from . import own_cost


def measured(found: FoundDevice) -> own_cost.OwnCost:
    """The harness's own cost on a device, in this process."""
    kind = names.load("devices", found.kind)
    return own_cost.own_cost(null_step(found.name), lambda: kind.synchronise(found.name))


def null_step(device: str) -> Callable[[], object]:
    """A forward pass of one number through the identity, on ``device``."""
    prepared = fp32.prepare(nn.Identity(), (torch.zeros(1, 1),), device)
    return forward.make_step(prepared, prepared.module)
