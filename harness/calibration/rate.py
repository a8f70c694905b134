"""How often a second something can be done, and how much that varies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from ..meters.stopwatch import Stopwatch
from ..profiles import PROFILES
from ..protocol.throughput import measure_throughput

# The throughput pass as in a cell, with half the quick profile's patience: a roofline is a dozen of them
PROFILE = replace(PROFILES["quick"], budget_s=1.0, min_total_s=0.3)
WARM_UP_S = 0.05


@dataclass(frozen=True, slots=True)
class Rate:
    """``per_s``: of the median block; ``spread``: between the blocks' quartiles, as a share of the median."""

    per_s: float
    spread: float


def rate(step: Callable[[], object], synchronise: Callable[[], None]) -> Rate:
    """How often a second ``step`` can be done once warm, by the throughput pass's own rule."""
    watch = Stopwatch(step, synchronise)
    seconds = measure_throughput(watch, PROFILE, warm_step_s(watch)).seconds
    low, middle, high = np.quantile(seconds, (0.25, 0.5, 0.75))
    return Rate(float(1 / middle), float((high - low) / middle))


def warm_step_s(watch: Stopwatch) -> float:
    """Seconds of the last step of a short warm-up: a first call loads kernels, and sets threads up."""
    spent = step_s = watch.seconds_per_step(1)
    steps = 1
    while spent < WARM_UP_S or steps == 1:
        step_s = watch.seconds_per_step(steps)
        spent += step_s * steps
        steps *= 2
    return step_s
