"""What a GPU does at work: its clocks, what holds them down, and who else uses it."""

from __future__ import annotations

import math
import os
import statistics
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..meters.gpu import Gpu
from ..meters.sampler import Sampler
from .bench import Bench
from .gpu_state import GpuState, check, foreign_processes

SLOW_CLOCK = 0.75  # of the default SM clock; below it a GPU is throttled [nvbench]
WATCHED_S = 0.25
INTERVAL_S = 0.025


@dataclass(frozen=True, slots=True)
class Reading:
    """A GPU at one moment of its work."""

    sm_clock_hz: float | None
    memory_clock_hz: float | None
    temperature_c: float | None
    utilisation: float | None
    throttle_reasons: str | None


def note(bench: Bench, gpu: Gpu, before: GpuState | None) -> None:
    """Notes the GPU's clocks and its other users, and flags what disturbed the passes that have just ended.

    Raises DeviceFaultError as ``gpu_state.check`` does.
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
