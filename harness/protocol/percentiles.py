"""Percentiles that the samples suffice for, and how far above them the truth may lie."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...kernels.percentiles import largest_t


@dataclass(frozen=True, slots=True)
class Percentile:
    """An empirical percentile and its upper bound, in the samples' unit."""

    value: float
    upper: float


def percentile(
    samples: NDArray[np.float64], p: float, confidence: float, n_effective: float
) -> Percentile | None:
    """Percentile ``p`` of the samples with its upper bound x_(n−t); None below the floor, not a guess.

    t is the largest that holds. Correlated samples count as ``n_effective`` ≤ n independent ones: t is
    that of so many, scaled back to n.
    """
    t = largest_t(p, confidence, math.floor(n_effective))
    if t is None:
        return None
    n = len(samples)
    above = math.floor(t * n / n_effective)
    ordered = np.sort(samples)
    return Percentile(float(ordered[math.ceil(p * n) - 1]), float(ordered[n - above - 1]))
