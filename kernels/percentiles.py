"""How many independent samples a percentile takes. Standard library only.

Source: MLPerf LoadGen's early stopping. A percentile p is known from n samples with confidence c if
BinomialCDF(t; n, 1 − p) ≤ 1 − c for some t ≥ 1; the sample that t others exceed is then an upper bound.
"""

from __future__ import annotations

import math


def samples_needed(p: float, confidence: float, n_effective: float) -> int:
    """How many more independent samples it takes until percentile ``p`` is known; 0 if it is."""
    return max(0, floor(p, confidence) - math.floor(n_effective))


def floor(p: float, confidence: float, t: int = 1) -> int:
    """The least n that suffices for percentile ``p`` with ``t`` larger samples: 64 for p90 at 99 %, t = 1."""
    n = t + 1
    while not suffices(t, n, p, confidence):
        n *= 2
    low, high = n // 2, n
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if suffices(t, middle, p, confidence) else (middle, high)
    return high


def largest_t(p: float, confidence: float, n: int) -> int | None:
    """The largest t ≥ 1 for which ``n`` samples suffice for percentile ``p``; None if not even t = 1 does."""
    if not suffices(1, n, p, confidence):
        return None
    low, high = 1, math.ceil(n * (1 - p)) + 1  # beyond the mean the probability is above one half
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if suffices(middle, n, p, confidence) else (low, middle)
    return low


def suffices(t: int, n: int, p: float, confidence: float) -> bool:
    """Whether, of ``n`` samples, the one that ``t`` others exceed bounds percentile ``p``."""
    return n > t and binomial_cdf(t, n, 1 - p) <= 1 - confidence


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
