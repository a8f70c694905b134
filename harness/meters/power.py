"""Watts over time: what a thread reads while a pass runs, as a mean, and what reading costs."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np

from .gpu import Gpu
from .sampler import Sampler

INTERVAL_S = 0.05
AVERAGED_S = 1.0  # where NVML only knows power as a mean, it is one over the second before


def watched(gpu: Gpu) -> Sampler[float | None]:
    """A sampler of the GPU's power."""
    return Sampler(gpu.power_w, INTERVAL_S)


def mean_power_w(readings: Sequence[tuple[float, float | None]], since_s: float) -> float | None:
    """The integral of the readings (seconds, watts) from ``since_s`` on, over its time; None without any.

    A reading that failed is left out: the line goes on between its neighbours.
    """
    kept = [(at, watts) for at, watts in readings if watts is not None and at >= since_s]
    if not kept:
        return None
    at, watts = np.array(kept, dtype=np.float64).T
    span = float(at[-1] - at[0])
    return float(np.trapezoid(watts, at)) / span if span > 0 else float(watts.mean())


def sampler_cpu_share(gpu: Gpu | None, seconds: float = 1.0) -> float | None:
    """CPU seconds that sampling takes per second; None where there is no power to sample."""
    if gpu is None or gpu.power_w() is None:
        return None
    started = time.perf_counter()
    with watched(gpu) as sampler:
        time.sleep(seconds)
    return sampler.cpu_s / (time.perf_counter() - started)
