"""The median of correlated samples, with the interval that covers the true one."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Z = 2.2  # standard errors to either side: 97 %, so that looking often still leaves 95 %


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

    r1, the lag-1 autocorrelation, is taken of the ranks: one outlier would drown it in the values. It is
    exact for a first-order autoregression. Below some 40 samples r1 comes out too small, and the interval
    with it: at a true 0.6 it covers 92 to 94 % there, and 97 to 99 % beyond. Correcting r1 for its bias
    (Kendall 1954) did not mend that, but cost every other series its interval; so it stays as it is.
    """
    n = len(samples)
    ranks = ranks_of(samples)
    squares = float(ranks @ ranks)
    if squares == 0:  # all alike, as a coarse clock shows them: nothing speaks for a dependence
        return float(n)
    r1 = float(ranks[:-1] @ ranks[1:]) / squares
    return min(n, max(1.0, n * (1 - r1) / (1 + r1)))


def ranks_of(samples: NDArray[np.float64]) -> NDArray[np.float64]:
    """The samples' ranks around their mean, float64[n], in the samples' order; equal samples share theirs."""
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
