"""What held a GPU up during a cell, and whether it stayed sound: clocks, other users, memory errors."""

from __future__ import annotations

import math
import os
import statistics
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import DeviceFaultError
from ..job import Job
from ..meters import nvml
from ..meters.gpu import Gpu
from ..meters.sampler import Sampler
from .draft import Draft

if TYPE_CHECKING:
    from .bench import Bench

SLOW_CLOCK = 0.75  # of the default SM clock; below it a GPU is throttled [nvbench]
WATCHED_S = 0.25
INTERVAL_S = 0.025


@dataclass(frozen=True, slots=True)
class GpuState:
    """A GPU before the cell's process has a CUDA context; None where NVML has no figure."""

    used_bytes: int | None
    process_ids: frozenset[int] | None
    ecc_errors: int | None
    repair_pending: bool | None


@dataclass(frozen=True, slots=True)
class Reading:
    """A GPU at one moment of its work."""

    sm_clock_hz: float | None
    memory_clock_hz: float | None
    temperature_c: float | None
    utilisation: float | None
    throttle_reasons: str | None


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


def note(bench: Bench, gpu: Gpu, before: GpuState | None) -> None:
    """Notes the GPU's clocks and its other users, and flags what disturbed the passes that have just ended.

    Raises DeviceFaultError as ``check`` does.
    """
    readings = _at_work(bench, gpu)
    clock = _median(reading.sm_clock_hz for reading in readings)
    reasons = _all_reasons(reading.throttle_reasons for reading in readings)
    others = foreign_processes(gpu.process_ids(), before.process_ids if before else None, os.getpid())
    bench.draft.note(
        sm_clock_hz=clock,
        memory_clock_hz=_median(reading.memory_clock_hz for reading in readings),
        temperature_c=max(_known(reading.temperature_c for reading in readings), default=None),
        utilisation=next(_known(reading.utilisation for reading in reversed(readings)), None),
        throttle_reasons=reasons,
        foreign_processes=others,
    )
    if reasons or _is_slow(clock, gpu.default_sm_clock_hz()):
        bench.draft.flag("throttled")
    if others:
        bench.draft.flag("contended")
    check(bench.draft, gpu, before)


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


def _at_work(bench: Bench, gpu: Gpu) -> list[Reading]:
    """Readings beside steps that nobody times.

    An idle GPU lowers its clocks and drops its reasons within milliseconds, and a reading between timed
    blocks would make them wait for the driver.
    """
    steps = math.ceil(INTERVAL_S / max(bench.watch.seconds_per_step(1), 1e-6))
    until = time.perf_counter() + WATCHED_S
    with Sampler(lambda: _reading(gpu), INTERVAL_S) as sampler:
        while time.perf_counter() < until:
            bench.watch.seconds_per_step(steps)
    return [reading for _, reading in sampler.readings]


def _reading(gpu: Gpu) -> Reading:
    return Reading(
        gpu.sm_clock_hz(),
        gpu.memory_clock_hz(),
        gpu.temperature_c(),
        gpu.utilisation(),
        gpu.throttle_reasons(),
    )


def _is_slow(clock_hz: float | None, default_hz: float | None) -> bool:
    return clock_hz is not None and default_hz is not None and clock_hz < SLOW_CLOCK * default_hz


def _median(values: Iterable[float | None]) -> float | None:
    known = list(_known(values))
    return statistics.median(known) if known else None


def _known(values: Iterable[float | None]) -> Iterator[float]:
    return (value for value in values if value is not None)


def _all_reasons(readings: Iterable[str | None]) -> str | None:
    """Every reason that was there at some time; None where none could be read."""
    known = [reasons for reasons in readings if reasons is not None]
    found = dict.fromkeys(reason for reasons in known for reason in reasons.split(",") if reason)
    return ",".join(found) if known else None
