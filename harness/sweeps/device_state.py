"""One device between the cells of a sweep: clean, dirty, or out of the plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from ...registry import units
from ...registry.records import Measurement
from ..job import Job, Measured
from ..meters.nvml import Gpu, find
from .attempts import Execute, without_child
from .cleanliness import Pause, others_bytes, residue_bytes, settled_residue_bytes, unowned_bytes
from .plan import Plan

Outcome = tuple[str, str]  # status, reason


def device_states(plan: Plan, pause: Pause, notice: Callable[[str], None]) -> Mapping[str, DeviceState]:
    """The state of each of the plan's devices, by its name: clean."""
    return {
        device.name: DeviceState(
            device.name,
            find(device.environment.device_uuid) if device.kind == "cuda" else None,
            pause,
            notice,
        )
        for device in plan.devices
    }


class DeviceState:
    """Runs jobs on one device, one after another, and looks at what each has left behind.

    ``out``: the outcome of every further run, once the device takes none any more.
    """

    def __init__(self, name: str, gpu: Gpu | None, pause: Pause, notice: Callable[[str], None]) -> None:
        self.out: Outcome | None = None
        self._name = name
        self._gpu = gpu
        self._pause = pause
        self._notice = notice
        self._baseline: int | None = None
        self._residue = 0

    def run(self, job: Job, execute: Execute) -> Measured:
        """What the job came to; no child is started on a device that is dirty, or out of the plan."""
        if self.out:
            return without_child(job, *self.out)
        self._residue = self._residue and residue_bytes(self._gpu, self._baseline)
        if self._residue:
            return without_child(job, "device_dirty", self._dirt())
        self._baseline = unowned_bytes(self._gpu)
        measured = execute(job)
        self._look_after(measured)
        return self._with_others_counted(measured)

    def cool_down(self, seconds: float, trouble: str) -> bool:
        """Whether to try again now, after a rest; not on a device that is out, nor once a signal came."""
        if self.out:
            return False
        self._notice(f"{self._name}: {trouble}; waiting {seconds:g} s, then trying again")
        return self._pause(seconds)

    def conclude(self, measurement: Measurement) -> None:
        """Takes the device out of the plan if it stayed dirty through every retry of a run."""
        if measurement.status == "device_dirty" and self._residue and not self.out:
            self._leave("device_dirty", self._dirt())

    def _look_after(self, measured: Measured) -> None:
        cell = measured.measurement.cell
        if measured.hangs:
            whose = f"cell {cell.key} ({cell.model})"
            self._leave("device_fault", f"{self._name} is wedged: a process of {whose} outlives SIGKILL")
            return
        self._residue = settled_residue_bytes(self._gpu, self._baseline, self._pause)
        if (self._gpu and self._gpu.lost) or "gpu_lost" in measured.measurement.flags.split(","):
            self._leave("device_fault", f"{self._name} is lost: its driver no longer answers for it")

    def _with_others_counted(self, measured: Measured) -> Measured:
        """Out of memory while others hold some of it is no bound: the device was busy."""
        found = measured.measurement
        if found.status != "oom_device":
            return measured
        held = others_bytes(self._gpu)
        if not held and not found.foreign_processes:
            return measured
        detail = f"out of memory while other processes held {units.size(held) if held else 'some'} of it"
        return replace(measured, measurement=replace(found, status="device_busy", detail=detail))

    def _dirt(self) -> str:
        return f"{self._name} is dirty: {units.size(self._residue)} more in use than before its last cell"

    def _leave(self, status: str, reason: str) -> None:
        self.out = (status, reason)
        self._notice(f"{reason}; no more cells are started on {self._name}")
