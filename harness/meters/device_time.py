"""How long a step occupies a GPU, between two events on its own stream, and what the host waits beyond it."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

import torch

MOST_SAMPLES = 100
MOST_S = 0.25


@dataclass(frozen=True, slots=True)
class DeviceTime:
    """Medians over samples, seconds per step. ``gap_s``: launching, and hearing that the device is done."""

    device_s: float
    gap_s: float


def measure(
    step: Callable[[], object],
    device: str,
    step_s: float,
    steps_per_sample: int = 1,
    flush: Callable[[], None] | None = None,
) -> DeviceTime:
    """Both clocks on the same steps, so that their gap is no difference between two populations.

    ``step_s``: what a step takes on the host's clock; ``steps_per_sample``: how many are timed together;
    ``flush``: what to call before each of them, untimed.
    """
    samples = max(1, min(MOST_SAMPLES, round(MOST_S / (step_s * steps_per_sample))))
    pairs = [_timed(step, device, steps_per_sample, flush) for _ in range(samples)]
    device_s = statistics.median(on_device for on_device, _ in pairs)
    return DeviceTime(device_s, statistics.median(on_host - on_device for on_device, on_host in pairs))


def _timed(
    step: Callable[[], object], device: str, steps: int, flush: Callable[[], None] | None
) -> tuple[float, float]:
    """Seconds per step between the events, and around them on the host."""
    start, end = (torch.cuda.Event(enable_timing=True) for _ in range(2))  # type: ignore[no-untyped-call]
    stream = torch.cuda.current_stream(device)
    if flush is not None:
        flush()
    torch.cuda.synchronize(device)
    began = time.perf_counter_ns()
    start.record(stream)
    for _ in range(steps):
        step()
    end.record(stream)
    torch.cuda.synchronize(device)
    host_s = (time.perf_counter_ns() - began) / 1e9
    return float(start.elapsed_time(end)) / 1e3 / steps, host_s / steps
