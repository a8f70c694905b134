"""What held a GPU up during a cell, and whether it stayed sound: clocks, other users, memory errors."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import DeviceFaultError
from ..job import Job
from ..meters import nvml
from ..meters.gpu import Gpu
from .draft import Draft


@dataclass(frozen=True, slots=True)
class GpuState:
    """A GPU before the cell's process has a CUDA context; None where NVML has no figure."""

    used_bytes: int | None
    process_ids: frozenset[int] | None
    ecc_errors: int | None
    repair_pending: bool | None


def find(job: Job) -> Gpu | None:
    """The job's GPU as NVML knows it, found without CUDA; None on a CPU, and where it can't be told apart."""
    uuid = job.device_uuid
    if job.cell.device_kind != "cuda" or (job.mig_profile and not (uuid or "").startswith("MIG-")):
        return None
    return nvml.find(uuid)


def read(gpu: Gpu | None) -> GpuState | None:
    """The state to compare with: to be read before CUDA makes a context, which takes memory of its own."""
    if gpu is None:
        return None
    return GpuState(gpu.used_bytes(), gpu.process_ids(), gpu.ecc_errors(), gpu.repair_pending())


def check(draft: Draft, gpu: Gpu | None, before: GpuState | None) -> None:
    """Notes the memory errors since ``before``.

    Raises DeviceFaultError where memory failed in the meantime, or the GPU is gone.
    """
    if gpu is None:
        return
    now = gpu.ecc_errors()
    errors = None if now is None or before is None or before.ecc_errors is None else now - before.ecc_errors
    draft.note(ecc_errors=errors if errors is None or errors >= 0 else None)
    broke = before is not None and before.repair_pending is False and gpu.repair_pending()
    if gpu.lost:
        draft.flag("gpu_lost")
        raise DeviceFaultError("the driver lost the GPU during the cell: see dmesg for its Xid, and reset it")
    if errors is not None and errors > 0:
        raise DeviceFaultError(f"the GPU's memory had {errors} uncorrected errors (ECC) during the cell")
    if broke:
        raise DeviceFaultError("a row of the GPU's memory broke during the cell and waits to be remapped")


def foreign_processes(now: frozenset[int] | None, before: frozenset[int] | None, own: int) -> int | None:
    """How many other processes use the GPU; None where NVML won't list them.

    In a container NVML may list us under the host's number, which nobody in here can know. Then our own is
    one of those that came since ``before``: nobody computes on a GPU without being listed. A number that
    another process took over meanwhile is another process's all the same.
    """
    if now is None:
        return None
    earlier = before or frozenset()
    if own in now and own not in earlier:
        return len(now) - 1
    return len(now) - (1 if now - earlier else 0)
