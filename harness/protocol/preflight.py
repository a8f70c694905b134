"""Step 0: what the device looks like before anything of ours is on it."""

from __future__ import annotations

import os
from dataclasses import dataclass

import torch

from .. import names
from ..devices import cuda
from ..errors import RefusedError, UnsupportedError
from ..job import Job
from ..meters.nvml import Gpu
from . import gpu_state
from .draft import Draft


@dataclass(frozen=True, slots=True)
class Before:
    """The device before the load. ``gpu`` is None on a CPU, and where NVML doesn't know the device."""

    gpu: Gpu | None
    state: gpu_state.GpuState | None  # of the GPU, without a CUDA context of ours
    used_bytes: int | None  # of the GPU, by whomever
    free_bytes: int | None  # of the device, to anybody


def preflight(job: Job, draft: Draft) -> Before:
    """The state that later figures are compared with; notes what is free and how busy the machine is.

    Raises UnsupportedError ("device") where this process doesn't see the device, and torch's own error
    where the driver fails.
    """
    draft.enter("preflight")
    gpu = gpu_state.find(job)
    state = gpu_state.read(gpu)
    if job.cell.device_kind == "cuda":
        _make_current(job)
        if gpu is None:
            draft.flag("no_nvml")
    free = names.load("devices", job.cell.device_kind).free_memory_bytes(job.device)
    draft.note(free_memory_bytes=free, load_average=os.getloadavg()[0])
    return Before(gpu, state, state.used_bytes if state else None, free)


def _make_current(job: Job) -> None:
    if torch.version.cuda is None:
        raise UnsupportedError("device", f"{job.device} needs a torch that is built with CUDA")
    torch.cuda.init()  # type: ignore[no-untyped-call]  # raises where there is no driver, or where it fails
    seen = [f"cuda:{index}" for index in range(torch.cuda.device_count())]
    if job.device not in seen:
        raise UnsupportedError("device", f"{job.device} is not visible: this process sees {', '.join(seen)}")
    here = cuda.identity(job.device).uuid
    if here and job.device_uuid and here != job.device_uuid:
        raise RefusedError("device_fault", f"{job.device} is {here} by now, not {job.device_uuid}")
    torch.cuda.set_device(job.device)
