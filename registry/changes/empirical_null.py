"""What many changes say together: the shift that all share, and how much one scatters about it by itself.

With one run a side nothing is known of a single change's noise. Of many, the middle tells: most changes are
the common shift and noise, so the median is the shift, and 1.4826 · MAD the noise's standard deviation,
neither of which the few that really changed can move far. Source: Efron 2004, doi:10.1198/016214504000000089
(the empirical null); Rousseeuw and Croux 1993, doi:10.1080/01621459.1993.10476408 (the MAD).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...kernels.intervals import order_statistic_rank

Floats = NDArray[np.float64]

ENOUGH = 30  # changes to learn their noise from; as many as ``kernels/variance.py`` asks for
TO_SD = 1.4826  # the MAD of a normal distribution times this is its standard deviation


@dataclass(frozen=True, slots=True)
class Shift:
    """The median of log ratios with its exact 95 % interval, whatever their distribution; None: too few."""

    low: float | None
    value: float
    high: float | None


def common_shift(y: Floats) -> Shift:
    """The shift that most of the log ratios ``y``, float64[n] with n ≥ 1, share.

    Source of the interval: David and Nagaraja, Order Statistics, 2003, §7.1.
    """
    ordered = np.sort(y)
    rank = order_statistic_rank(y.size)
    low, high = (float(ordered[rank - 1]), float(ordered[y.size - rank])) if rank else (None, None)
    return Shift(low, float(np.median(ordered)), high)


def robust_sd(y: Floats) -> float:
    """1.4826 · the median distance of ``y``, float64[n] with n ≥ 1, from its median."""
    return TO_SD * float(np.median(np.abs(y - np.median(y))))
