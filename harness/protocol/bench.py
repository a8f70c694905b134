"""What every step of the protocol works on."""

from __future__ import annotations

from dataclasses import dataclass

from ...registry.records import Cell
from ..meters.nvml import Gpu
from ..meters.stopwatch import Stopwatch
from ..profiles import Profile
from .draft import Draft
from .gpu_state import GpuState
from .subject import Subject


@dataclass(frozen=True, slots=True)
class Bench:
    """One cell, ready to run. ``gpu`` is None on a CPU, and where NVML doesn't know the device."""

    cell: Cell
    device: str
    profile: Profile
    draft: Draft
    subject: Subject
    watch: Stopwatch
    gpu: Gpu | None
    gpu_before: GpuState | None = None  # before the load

    @property
    def on_gpu(self) -> bool:
        """Whether the device is torch's CUDA."""
        return self.cell.device_kind == "cuda"
