"""When a timed pass has seen enough: measurement.md's stop rule, in plain NumPy on one array."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...kernels import percentiles
from ..profiles import Profile

Z = 2.2  # standard errors of the median's interval: 97 %, so that looking often still leaves 95 %
GROWTH = 1.5  # between one look and the next
PLATEAU_READINGS = 64
PLATEAU_SPREAD = 0.05  # Source: nvbench's stdrel criterion


@dataclass(frozen=True, slots=True)
class Median:
    """The median of samples and the interval that covers the true one; no bounds from too few samples."""

    value: float
    low: float | None
    high: float | None

    @property
    def relative_half_width(self) -> float:
        """Half the interval over the median; infinite without bounds."""
        if self.low is None or self.high is None:
            return math.inf
        return (self.high - self.low) / 2 / self.value


def effective_size(samples: NDArray[np.float64]) -> float:
    """How many independent samples these are worth: n · (1 − r1)/(1 + r1), between 1 and n.

    r1, the lag-1 autocorrelation, is taken of the ranks: one outlier would drown it in the values.
    """
    n = len(samples)
    ranks = _ranks(samples)
    squares = float(ranks @ ranks)
    if squares == 0:  # all alike, as a coarse clock shows them: nothing speaks for a dependence
        return float(n)
    r1 = float(ranks[:-1] @ ranks[1:]) / squares
    return min(n, max(1.0, n * (1 - r1) / (1 + r1)))


def _ranks(samples: NDArray[np.float64]) -> NDArray[np.float64]:
    """The samples' ranks around their mean; equal samples share theirs."""
    _, group, sizes = np.unique(samples, return_inverse=True, return_counts=True)
    middle_of_group = np.cumsum(sizes) - (sizes + 1) / 2
    ranks: NDArray[np.float64] = middle_of_group[group] - (len(samples) - 1) / 2
    return ranks


def median(samples: NDArray[np.float64]) -> Median:
    """The median with its interval by order statistics, Z standard errors to either side."""
    n = len(samples)
    share = Z / (2 * math.sqrt(effective_size(samples)))  # of the samples, to either side of the middle
    low = math.floor(n * (0.5 - share) + 0.5)  # the nearest rank, from 1; its mirror image is the other bound
    ordered = np.sort(samples)
    value = float(np.median(ordered))
    if low < 1:
        return Median(value, None, None)
    return Median(value, float(ordered[low - 1]), float(ordered[n - low]))


def has_plateaued(samples: NDArray[np.float64]) -> bool:
    """Whether the noise is known as well as it will be: more samples would not narrow the interval soon.

    A reading is the relative standard deviation of the samples so far; those of the second half, at least
    64, must agree within 5 % of their mean.
    """
    n = len(samples)
    if n < 2 * PLATEAU_READINGS:
        return False
    count = np.arange(n // 2, n + 1)
    shifted = samples - samples[0]  # against cancellation
    sums, squares = (np.cumsum(shifted**k)[count - 1] for k in (1, 2))
    spread = np.sqrt(np.maximum(squares / count - (sums / count) ** 2, 0))
    readings = spread / (sums / count + samples[0])
    return bool(readings.std() < PLATEAU_SPREAD * readings.mean())


def next_look(n: int) -> int:
    """At how many samples to look again."""
    return max(n + 1, math.ceil(n * GROWTH))


def latency_stop(seconds: NDArray[np.float64], total_s: float, profile: Profile) -> str | None:
    """Why the latency pass may stop, "precision" or "plateau"; None if it may not.

    ``seconds``: the samples so far; ``total_s``: the time that they cover.
    """
    needed = percentiles.floor(profile.percentile, profile.confidence)
    if total_s < profile.min_total_s or effective_size(seconds) < needed:
        return None
    return _precision_or_plateau(seconds, profile)


def throughput_stop(seconds: NDArray[np.float64], total_s: float, profile: Profile) -> str | None:
    """Likewise for the throughput pass, where a sample is a block's time per step."""
    if total_s < profile.min_total_s or len(seconds) < profile.min_blocks:
        return None
    return _precision_or_plateau(seconds, profile)


def _precision_or_plateau(seconds: NDArray[np.float64], profile: Profile) -> str | None:
    if median(seconds).relative_half_width <= profile.relative_half_width:
        return "precision"
    return "plateau" if has_plateaued(seconds) else None
