"""Step 0: what the device looks like before anything of ours is on it."""

from __future__ import annotations

import os
from dataclasses import dataclass

import torch

from .. import names
from ..job import Job
from ..meters import nvml
from .draft import Draft


@dataclass(frozen=True, slots=True)
class Before:
    """The device before the load. ``gpu`` is None on a CPU, and where NVML doesn't know the device."""

    gpu: nvml.Gpu | None
    used_bytes: int | None  # of the GPU, by whomever


def preflight(job: Job, draft: Draft) -> Before:
    """The state that later figures are compared with; notes what is free and how busy the machine is."""
    draft.enter("preflight")
    gpu = _gpu(job)
    kind = names.load("devices", job.cell.device_kind)
    draft.note(free_memory_bytes=kind.free_memory_bytes(job.device), load_average=os.getloadavg()[0])
    return Before(gpu, gpu.used_bytes() if gpu else None)


def _gpu(job: Job) -> nvml.Gpu | None:
    if job.cell.device_kind != "cuda":
        return None
    torch.cuda.set_device(job.device)
    uuid = getattr(torch.cuda.get_device_properties(job.device), "uuid", None)
    return nvml.find(str(uuid)) if uuid else None
