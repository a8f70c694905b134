"""Shares of a count, and how far they may be from the share that lies behind them."""

from __future__ import annotations

import math
from statistics import NormalDist

from .columns import inner_share, whole_number
from .intervals import CONFIDENCE, Interval


def wilson_interval(hits: int, n: int, confidence: float = CONFIDENCE) -> Interval:
    """The share ``hits`` / ``n`` with its Wilson score interval, which stays within 0 and 1; NaN of none.

    It holds every share p from which hits / n is at most z standard errors √(p(1 − p)/n) away. Each of the n
    is taken to have been drawn on its own: where they come in families, it is too narrow.

    Raises TypeError for what is no whole number, ValueError for hits beyond n.

    Source: Wilson 1927, doi:10.1080/01621459.1927.10502953.
    """
    n = whole_number("n", n, 0)
    hits = whole_number("hits", hits, 0, n)
    z = NormalDist().inv_cdf(0.5 + inner_share("confidence", confidence) / 2.0)
    if n == 0:
        return Interval(math.nan, math.nan, math.nan)
    share, spread = hits / n, z * z / n
    middle = (share + spread / 2.0) / (1.0 + spread)
    half = math.sqrt(spread * (share * (1.0 - share) + spread / 4.0)) / (1.0 + spread)
    low = 0.0 if hits == 0 else middle - half
    high = 1.0 if hits == n else middle + half
    return Interval(low, share, high)
