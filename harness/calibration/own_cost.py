"""What the harness itself costs: its clock, and a model that does nothing, timed as any other."""

from __future__ import annotations

import itertools
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

from ..meters.stopwatch import Clock, Stopwatch

WARM_UP_STEPS = 200
ENOUGH_S = 0.03  # of blocks; every sweep waits for it
LEAST_BLOCKS = 3
CLOCK_READINGS = 2000


@dataclass(frozen=True, slots=True)
class OwnCost:
    """The harness's own part in each figure, in seconds; fields as in registry.records.Calibration."""

    timer_resolution_s: float
    timer_overhead_s: float
    null_step_s: float
    sampler_cpu_share: float | None = None


def own_cost(
    null_step: Callable[[], object],
    synchronise: Callable[[], None],
    sampler_cpu_share: float | None = None,
    clock: Clock = time.perf_counter_ns,
) -> OwnCost:
    """The cost of timing ``null_step``, the step of a model that does nothing, on an idle device."""
    watch = Stopwatch(null_step, synchronise, clock)
    return OwnCost(
        timer_resolution_s=timer_resolution_s(clock),
        timer_overhead_s=watch.overhead_s(),
        null_step_s=_median_step_s(watch),
        sampler_cpu_share=sampler_cpu_share,
    )


def timer_resolution_s(clock: Clock = time.perf_counter_ns) -> float:
    """The least step that the clock was seen to make: its tick, or what a reading takes if that is longer."""
    readings = [clock() for _ in range(CLOCK_READINGS)]
    steps = [after - before for before, after in itertools.pairwise(readings) if after > before]
    return (min(steps) if steps else _next_tick(clock)) / 1e9


def _next_tick(clock: Clock) -> int:
    """Nanoseconds of one whole tick: for a clock so coarse that all readings were alike."""
    first = _changed(clock, clock())
    return _changed(clock, first) - first


def _changed(clock: Clock, reading: int) -> int:
    """The first reading that is another one."""
    while (now := clock()) == reading:
        pass
    return now


def _median_step_s(watch: Stopwatch) -> float:
    """Seconds per step in blocks as the latency pass makes them."""
    steps = watch.steps_per_sample(watch.seconds_per_step(WARM_UP_STEPS))
    blocks: list[float] = []
    while len(blocks) < LEAST_BLOCKS or sum(blocks) * steps < ENOUGH_S:
        blocks.append(watch.seconds_per_step(steps))
    return statistics.median(blocks)
