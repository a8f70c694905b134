"""One candidate over another: by how much they differ, and how far off that may be.

On one machine under one software, the processes of both sides are taken to spread alike and what the
machine does cancels (``kernels/intervals.log_ratio_interval``). Elsewhere each side has its own variance
V = f²·s̃²/n + s_env² and Welch's degrees of freedom. What a side knows of its own spread is shrunk toward
the noise of the store; of one process a side only that noise is known, and the interval inside that process
is the least that its location is taken to be off: two processes whose intervals overlap differ by no ratio.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from ...kernels.intervals import log_ratio_interval
from ...kernels.student import quantile
from ...kernels.variance import Prior, location_variance
from ..answers import SAMPLES, Estimate, Noise, Noises, Process
from ..fit.criteria import STATISTICS, latency

ASSUMED = "n = 1 a side, noise assumed"
PROCESSES = "processes"
Limits = tuple[float, float]
_UPPER = 0.975  # of both limits of a 95 % interval


@dataclass(frozen=True, slots=True)
class Ratio:
    """Second over first, with its 95 % interval; ``basis`` says what the interval stands on."""

    low: float
    value: float
    high: float
    basis: str  # "processes" | "n = 1 a side, noise assumed"

    @property
    def direction(self) -> int:
        """1 where the interval lies above 1, −1 where below, 0 where it holds 1."""
        return 1 if self.low > 1.0 else -1 if self.high < 1.0 else 0


def throughput_ratio(first: Estimate, second: Estimate, noises: Noises) -> Ratio | None:
    """Of the throughputs; None where one is not known."""
    return _ratio(first, second, noises[0], lambda e: e.throughput, lambda p: p.throughput, throughput_inside)


def latency_ratio(first: Estimate, second: Estimate, noises: Noises) -> Ratio | None:
    """Of the step latencies, by the best statistic that both have."""
    both = (s for s in STATISTICS if None not in (latency(first, s), latency(second, s)))
    statistic = next(both, None)
    if statistic is None:
        return None
    return _ratio(
        first,
        second,
        noises[1],
        lambda e: latency(e, statistic),
        lambda p: getattr(p, f"latency_{statistic}_s"),
        lambda e: _inside(e, e.latency_low, e.latency_high) if e.latency_statistic == statistic else None,
    )


def throughput_inside(e: Estimate) -> Limits | None:
    """The 95 % limits that were found inside the only process; None of several, and where none were."""
    return _inside(e, e.throughput_low, e.throughput_high)


def _inside(e: Estimate, low: float | None, high: float | None) -> Limits | None:
    if e.interval_basis != SAMPLES or low is None or high is None or low <= 0.0:
        return None
    return low, high


def memory_ratio(first: Estimate, second: Estimate, noises: Noises) -> Ratio | None:
    """Of the peak memories; None where one is not known or the scopes differ."""
    if first.memory_scope != second.memory_scope:
        return None
    return _ratio(first, second, noises[2], lambda e: e.memory_bytes, lambda p: p.memory_bytes)


def same_machine(first: Estimate, second: Estimate) -> bool:
    """Whether both ran on one machine under one software, so that what it does cancels."""
    if first.host is None or second.host is None:
        return first.env_id == second.env_id
    return (first.host, first.software, first.stack) == (second.host, second.software, second.stack)


def _ratio(
    first: Estimate,
    second: Estimate,
    noise: Noise,
    value: Callable[[Estimate], float | None],
    reading: Callable[[Process], float | None],
    inside: Callable[[Estimate], Limits | None] = lambda _: None,
) -> Ratio | None:
    locations = value(first), value(second)
    if locations[0] is None or locations[1] is None:
        return None
    readings = _readings(first, locations[0], reading), _readings(second, locations[1], reading)
    centre = math.log(locations[1]) - math.log(locations[0])
    prior = Prior(noise.degrees, noise.sd)
    if same_machine(first, second):
        around = log_ratio_interval(*readings, prior=prior)
        low, high = around.low, around.high
    else:
        half = _half_width(readings, noise, prior)
        low, high = centre - half, centre + half
    one = inside(first) or (locations[0], locations[0])
    other = inside(second) or (locations[1], locations[1])
    low, high = min(low, math.log(other[0] / one[1])), max(high, math.log(other[1] / one[0]))
    alone = len(readings[0]) == len(readings[1]) == 1
    middle = locations[1] / locations[0]
    return Ratio(math.exp(low), middle, math.exp(high), ASSUMED if alone else PROCESSES)


def _readings(e: Estimate, location: float, reading: Callable[[Process], float | None]) -> list[float]:
    """What each process reached, in order of size; the location alone where that is not known of all."""
    values = [reading(process) for process in e.processes]
    known = sorted(v for v in values if v is not None)
    return known if values and len(known) == len(values) else [location]


def _half_width(readings: Sequence[Sequence[float]], noise: Noise, prior: Prior) -> float:
    """Of ln ratio, between machines: Welch 1947 on V of both sides."""
    logs = [np.log(values) for values in readings]
    n = np.array([len(y) for y in logs])
    squares = np.array([float(((y - y.mean()) ** 2).sum()) for y in logs])
    own = location_variance(n, squares, prior)
    variances = [v + noise.between_sd**2 for v in own.tolist()]
    degrees = [prior.degrees + m - 1 for m in n.tolist()]
    total = sum(variances)
    welch = total**2 / sum(v**2 / d for v, d in zip(variances, degrees, strict=True))
    return quantile(_UPPER, welch) * math.sqrt(total)
