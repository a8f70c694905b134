"""Step 3, the latency pass: one step after another, each waited for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..meters import device_time
from ..meters.stopwatch import Stopwatch, frozen_garbage
from ..profiles import Profile
from . import percentiles, stationarity
from .bench import Bench
from .draft import Draft
from .medians import Median, effective_size, median
from .stopping import latency_rule

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
    with frozen_garbage():
        latencies = measure_latency(bench.watch, bench.profile, bench.watch.steps_per_sample(warm_s))
    bench.draft.samples = latencies.seconds
    bench.draft.note(**latency_fields(latencies, bench.profile))
    middle = median(latencies.seconds)
    flag_latencies(bench.draft, latencies, middle)
    if bench.on_gpu:
        _note_device_time(bench, middle.value, latencies.steps_per_sample)
    return middle.value


def measure_latency(watch: Stopwatch, profile: Profile, steps_per_sample: int) -> Latencies:
    """Samples until the stop rule is met or the budget is spent; at least one."""
    rule = latency_rule(profile)
    while rule.reason is None:
        flushed_s = watch.flushing_s
        seconds = watch.seconds_per_step(steps_per_sample)
        rule.add(seconds, steps_per_sample, watch.flushing_s - flushed_s)
    return Latencies(np.array(rule.samples), steps_per_sample, rule.reason)


def latency_fields(latencies: Latencies, profile: Profile) -> dict[str, float | int | str | None]:
    """The latency columns of a Measurement; a percentile that the samples don't suffice for is None."""
    seconds = latencies.seconds
    middle = median(seconds)
    n_effective = effective_size(seconds)
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


def flag_latencies(draft: Draft, latencies: Latencies, middle: Median) -> None:
    """Flags what a reader of the figures has to know: noise, drift, groups, samples of several steps."""
    if NOISY < middle.relative_half_width < float("inf"):
        draft.flag("noisy")
    if stationarity.is_drifting(latencies.seconds):
        draft.flag("not_steady")
    if stationarity.is_multimodal(latencies.seconds):
        draft.flag("multimodal")
    if latencies.steps_per_sample > 1:
        draft.flag("block_percentiles")


def _note_device_time(bench: Bench, step_s: float, steps: int) -> None:
    """Notes the same steps on the device's clock, and what the host waits beyond it."""
    alone = device_time.measure(bench.subject.step, bench.device, step_s, steps, bench.watch.flush)
    bench.draft.note(device_latency_s=alone.device_s, launch_gap_s=alone.gap_s)
