"""A model that does nothing, made ready as any other: what is timed then is the harness."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import nn

from .. import names
from ..devices.found import FoundDevice
from ..meters import nvml, power
from ..precisions import fp32
from ..scenarios import forward
from . import own_cost

SAMPLING_S = 0.25  # of the power sampler, where there is power to sample


def measured(found: FoundDevice) -> own_cost.OwnCost:
    """The harness's own cost on a device, in this process."""
    kind = names.load("devices", found.kind)
    gpu = nvml.find(found.uuid) if found.kind == "cuda" else None
    share = power.sampler_cpu_share(gpu, SAMPLING_S)
    return own_cost.own_cost(null_step(found.name), lambda: kind.synchronise(found.name), share)


def null_step(device: str) -> Callable[[], object]:
    """A forward pass of one number through the identity, on ``device``."""
    prepared = fp32.prepare(nn.Identity(), (torch.zeros(1, 1),), device)
    return forward.make_step(prepared, prepared.module)
