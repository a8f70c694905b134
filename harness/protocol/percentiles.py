"""Percentiles that the samples suffice for, and how far above them the truth may lie.

Source: MLPerf LoadGen's early stopping. A percentile p is known from n samples with confidence c if
BinomialCDF(t; n, 1 − p) ≤ 1 − c for some t ≥ 1; the sample that t others exceed is then an upper bound.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Percentile:
    """An empirical percentile and its upper bound, in the samples' unit."""

    value: float
    upper: float


def floor(p: float, confidence: float, t: int = 1) -> int:
    """The least n that suffices for percentile ``p`` with ``t`` larger samples: 64 for p90 at 99 %, t = 1."""
    n = t + 1
    while binomial_cdf(t, n, 1 - p) > 1 - confidence:
        n *= 2
    low, high = n // 2, n
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _suffices(t, middle, p, confidence) else (middle, high)
    return high


def binomial_cdf(t: int, n: int, q: float) -> float:
    """The probability of at most ``t`` successes in ``n`` trials that each succeed with probability ``q``."""
    if t >= n:
        return 1.0
    terms = (
        math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
        + k * math.log(q) + (n - k) * math.log1p(-q)
        for k in range(t + 1)
    )  # fmt: skip
    return math.fsum(math.exp(term) for term in terms)


def largest_t(p: float, confidence: float, n: int) -> int | None:
    """The largest t ≥ 1 for which ``n`` samples suffice for percentile ``p``; None if not even t = 1 does."""
    if not _suffices(1, n, p, confidence):
        return None
    low, high = 1, math.ceil(n * (1 - p)) + 1  # beyond the mean the probability is above one half
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _suffices(middle, n, p, confidence) else (low, middle)
    return low


def percentile(
    samples: NDArray[np.float64], p: float, confidence: float, n_effective: float
) -> Percentile | None:
    """Percentile ``p`` of the samples with its upper bound x_(n−t); None below the floor, not a guess.

    Correlated samples count as ``n_effective`` ≤ n independent ones, and t is scaled back to n.
    """
    t = largest_t(p, confidence, math.floor(n_effective))
    if t is None:
        return None
    n = len(samples)
    above = math.floor(t * n / n_effective)
    ordered = np.sort(samples)
    return Percentile(float(ordered[math.ceil(p * n) - 1]), float(ordered[n - above - 1]))


def _suffices(t: int, n: int, p: float, confidence: float) -> bool:
    return n > t and binomial_cdf(t, n, 1 - p) <= 1 - confidence
