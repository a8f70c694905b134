"""Intervals over processes. Errors of timings are multiplicative, so everything here is in y = ln value.

n counts processes: readings inside one process are correlated and say nothing of the next process. A
few of them know their own spread badly, so it is shrunk toward a prior of ν₀ = 4 readings with standard
deviation s₀ = 0.02 (Smyth 2004, doi:10.2202/1544-6115.1027):

    s̃² = (ν₀·s₀² + d·s²) / (ν₀ + d), d degrees of freedom of the variance s² within each side

A prior of 2 % claims too much where runs spread by 10 %: with 3 runs a side it covers 88 % instead of
95 %. So the half-width is the larger of t(ν₀ + d)·s̃·e, the shrunken one, and t(d)·s·e, which is exact
for normal y whatever their spread. With d = 0 only the prior is known, and the width says so.
e² = f²/n, summed over the sides, with f = 1.2533 = √(π/2) for a median of n ≥ 3.

Share of 20,000 simulated pairs of measurements of one cell whose 95 % interval of the log ratio holds 0,
and the median half-width, by processes a side and their standard deviation (tests/kernels/noises.py):

|  n | noise          |           0.5 % |             2 % |             5 % |            10 % |
|---:|----------------|----------------:|----------------:|----------------:|----------------:|
|  1 | normal         | 100.0 %,  7.9 % |  99.4 %,  7.9 % |  74.1 %,  7.9 % |  42.7 %,  7.9 % |
|  2 | normal         | 100.0 %,  4.0 % |  99.0 %,  7.2 % |  95.8 %, 18.0 % |  95.3 %, 36.0 % |
|  3 | normal         | 100.0 %,  3.4 % |  99.1 %,  5.2 % |  97.2 %, 13.0 % |  97.1 %, 26.1 % |
|  3 | Student, ν = 3 | 100.0 %,  3.4 % |  99.8 %,  4.1 % |  98.4 %, 10.1 % |  98.0 %, 20.3 % |
|  3 | skewed         | 100.0 %,  3.4 % |  99.5 %,  4.9 % |  98.1 %, 12.2 % |  97.8 %, 24.5 % |
|  3 | load           | 100.0 %,  3.5 % |  99.7 %,  7.5 % |  99.4 %, 18.8 % |  99.3 %, 37.5 % |
|  5 | normal         | 100.0 %,  2.1 % |  98.3 %,  3.6 % |  97.5 %,  8.9 % |  97.4 %, 17.8 % |
|  5 | Student, ν = 3 | 100.0 %,  2.1 % |  99.7 %,  3.0 % |  98.6 %,  7.2 % |  98.5 %, 14.5 % |
|  5 | skewed         | 100.0 %,  2.1 % |  99.2 %,  3.6 % |  98.4 %,  9.0 % |  98.3 %, 18.1 % |
|  5 | load           | 100.0 %,  2.3 % |  99.5 %,  6.4 % |  99.4 %, 15.9 % |  99.4 %, 31.8 % |

"load" wanders between processes (correlation .6) and makes one process in ten 5 standard deviations slower;
the two measurements are interleaved. Taken one after the other they cover 94.0 % (n = 3) and 93.5 % (n = 5)
at 10 %. One process a side covers only what the prior is right about. Of 300 pairs from recorded processes of
a busy machine 286 to 295 hold 0 (tests/kernels/data/aa_series.csv).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from .student import quantile
from .variance import PRIOR, Prior, location_share, shrunken_variance

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """Limits of a quantity, and what it is estimated to be; ``low`` ≤ ``centre`` ≤ ``high``."""

    low: float
    centre: float
    high: float

    def holds(self, value: float) -> bool:
        """Whether ``value`` lies inside, limits included."""
        return self.low <= value <= self.high


def location_interval(
    values: Sequence[float], confidence: float = CONFIDENCE, prior: Prior = PRIOR
) -> Interval:
    """The median of process medians > 0, with its interval, in the unit of ``values``."""
    y = np.log(np.asarray(values, np.float64))
    half = half_widths(np.array([len(y)]), np.array([_squares(y)]), confidence, prior)[0]
    centre = float(np.median(values))
    return Interval(centre * math.exp(-half), centre, centre * math.exp(half))


def log_ratio_interval(
    first: Sequence[float], second: Sequence[float], confidence: float = CONFIDENCE, prior: Prior = PRIOR
) -> Interval:
    """ln(median ``second`` / median ``first``) of two measurements of one cell, with its interval.

    The hull of the intervals around the difference of the medians and around that of the means (f = 1).
    On a busy machine processes fall into a fast and a slow group; then medians of a few jump between the
    two, which their t interval does not know, and means do not.

    Each is the process medians > 0 of one measurement. Their spread is taken to be the same, as it is of
    one cell on one machine. What drifts between the measurements is not in their spread: the processes of
    the two are to be interleaved, as a sweep does.
    """
    a, b = (np.log(np.asarray(values, np.float64)) for values in (first, second))
    degrees, squares = len(a) + len(b) - 2, _squares(a) + _squares(b)
    share = location_share([len(a), len(b)]).sum()
    half = _half_width(degrees, squares, float(share), confidence, prior)
    mean_half = _half_width(degrees, squares, 1.0 / len(a) + 1.0 / len(b), confidence, prior)
    centre = math.log(float(np.median(second)) / float(np.median(first)))
    means = float(b.mean() - a.mean())
    return Interval(min(centre - half, means - mean_half), centre, max(centre + half, means + mean_half))


def order_statistic_interval(values: Sequence[float], confidence: float = CONFIDENCE) -> Interval | None:
    """The median with its exact interval [x₍ₖ₎, x₍ₙ₊₁₋ₖ₎], whatever the distribution; None for n < 6 at 95 %.

    Source: David and Nagaraja, Order Statistics, 2003, §7.1.
    """
    x = np.sort(np.asarray(values, np.float64))
    n, k = len(x), order_statistic_rank(len(x), confidence)
    return Interval(float(x[k - 1]), float(np.median(x)), float(x[n - k])) if k else None


@lru_cache(maxsize=1024)
def order_statistic_rank(n: int, confidence: float = CONFIDENCE) -> int:
    """The largest k for which [x₍ₖ₎, x₍ₙ₊₁₋ₖ₎] covers the median with ``confidence``; 0 where no k does.

    Its coverage is 1 − 2·P(Binomial(n, 1/2) < k), compared in whole numbers, so exact for any n.
    Raises ValueError where the confidence is not between 0 and 1.
    """
    if not 0.0 < confidence < 1.0:
        raise ValueError(f"confidence must lie between 0 and 1, not {confidence}")
    outside, ways, k = Fraction(1.0 - confidence) / 2 * 2**n, 1, 0  # of the 2ⁿ ways to lie below or above
    below = ways
    while below <= outside:
        k += 1
        ways = ways * (n - k + 1) // k
        below += ways
    return k


def half_widths(n: Counts, squares: Floats, confidence: float = CONFIDENCE, prior: Prior = PRIOR) -> Floats:
    """Half-widths of the intervals of many locations, float64[k], of ln value.

    ``n``: processes, int64[k] ≥ 1. ``squares``: sums of squared deviations of ln value, float64[k].
    """
    degrees, share, p = n - 1, location_share(n), 0.5 + confidence / 2.0
    distinct, place = np.unique(degrees, return_inverse=True)
    shrunken_t = np.array([quantile(p, prior.degrees + d) for d in distinct.tolist()])[place]
    own_t = np.array([quantile(p, d) if d else 0.0 for d in distinct.tolist()])[place]
    shrunken = shrunken_t * np.sqrt(shrunken_variance(degrees, squares, prior) * share)
    widest: Floats = np.maximum(shrunken, own_t * np.sqrt(squares / np.maximum(degrees, 1) * share))
    return widest


def _half_width(degrees: int, squares: float, share: float, confidence: float, prior: Prior) -> float:
    """The larger of the shrunken half-width and the data's own. ``share``: the e² of all sides."""
    p = 0.5 + confidence / 2.0
    pooled = shrunken_variance(degrees, squares, prior)
    shrunken = quantile(p, prior.degrees + degrees) * math.sqrt(pooled * share)
    if degrees == 0:
        return shrunken
    return max(shrunken, quantile(p, degrees) * math.sqrt(squares / degrees * share))


def _squares(y: Floats) -> float:
    return float(np.sum((y - y.mean()) ** 2))
