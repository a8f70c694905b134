"""How long a step occupies a GPU, between two events on its own stream."""

from __future__ import annotations

import statistics
from collections.abc import Callable

import torch

MOST_STEPS = 100
MOST_S = 0.25


def median_device_s(step: Callable[[], object], device: str, step_s: float) -> float:
    """The median over up to 100 steps, each alone on the device, in seconds."""
    steps = max(1, min(MOST_STEPS, round(MOST_S / step_s)))
    return statistics.median(_one(step, device) for _ in range(steps))


def _one(step: Callable[[], object], device: str) -> float:
    start, end = (torch.cuda.Event(enable_timing=True) for _ in range(2))  # type: ignore[no-untyped-call]
    torch.cuda.synchronize(device)
    start.record(torch.cuda.current_stream(device))
    step()
    end.record(torch.cuda.current_stream(device))
    torch.cuda.synchronize(device)
    return float(start.elapsed_time(end)) / 1e3
