"""Step 3, the latency pass: one step after another, each waited for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..meters import device_time
from ..meters.stopwatch import Stopwatch
from ..profiles import Profile
from . import percentiles, stopping
from .bench import Bench

FIRST_LOOK = 8
NOISY = 0.05  # relative half-width of the median's interval, beyond which a result is flagged


@dataclass(frozen=True, slots=True)
class Latencies:
    """seconds: float64[n], per step and in order; each the mean of ``steps_per_sample`` steps."""

    seconds: NDArray[np.float64]
    steps_per_sample: int
    stop_reason: str  # "precision", "plateau" or "budget"


def latency_pass(bench: Bench, warm_s: float) -> float:
    """The median seconds per step: the headline, on the host's clock.

    ``warm_s``: what a step takes, roughly.
    """
    bench.draft.enter("latency")
    latencies = measure_latency(bench.watch, bench.profile, bench.watch.steps_per_sample(warm_s))
    bench.draft.samples = latencies.seconds
    bench.draft.note(**latency_fields(latencies, bench.profile))
    middle = stopping.median(latencies.seconds)
    if NOISY < middle.relative_half_width < float("inf"):
        bench.draft.flag("noisy")
    if bench.on_gpu:
        device_s = device_time.median_device_s(bench.subject.step, bench.device, middle.value)
        bench.draft.note(device_latency_s=device_s, launch_gap_s=middle.value - device_s)
    return middle.value


def measure_latency(watch: Stopwatch, profile: Profile, steps_per_sample: int) -> Latencies:
    """Samples until the stop rule is met or the budget is spent; at least one."""
    samples: list[float] = []
    total_s = 0.0
    look = FIRST_LOOK
    reason: str | None = None
    while reason is None:
        samples.append(watch.seconds_per_step(steps_per_sample))
        total_s += samples[-1] * steps_per_sample
        if len(samples) >= look:
            reason = stopping.latency_stop(np.array(samples), total_s, profile)
            look = stopping.next_look(len(samples))
        if total_s >= profile.budget_s:
            reason = reason or "budget"
    return Latencies(np.array(samples), steps_per_sample, reason)


def latency_fields(latencies: Latencies, profile: Profile) -> dict[str, float | int | str | None]:
    """The latency columns of a Measurement; a percentile that the samples don't suffice for is None."""
    seconds = latencies.seconds
    middle = stopping.median(seconds)
    n_effective = stopping.effective_size(seconds)
    fields: dict[str, float | int | str | None] = {
        "stop_reason": latencies.stop_reason,
        "steps_per_sample": latencies.steps_per_sample,
        "n_samples": len(seconds),
        "n_effective": n_effective,
        "latency_mean_s": float(seconds.mean()),
        "latency_p50_s": middle.value,
        "latency_p50_low_s": middle.low,
        "latency_p50_high_s": middle.high,
    }
    for percent in (90, 95, 99):
        found = percentiles.percentile(seconds, percent / 100, profile.confidence, n_effective)
        fields[f"latency_p{percent}_s"] = found.value if found else None
        fields[f"latency_p{percent}_upper_s"] = found.upper if found else None
    return fields
