"""Limits on what is recommended, NumPy only: they act after scoring, on no component (scoring.md §8)."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .columns import real_column, real_number
from .formulae import measured

Floats = NDArray[np.float64]


def shortfall(
    throughput: ArrayLike,
    latency: ArrayLike,
    memory: ArrayLike,
    *,
    min_throughput: float | None = None,
    max_latency: float | None = None,
    max_memory: float | None = None,
) -> Floats:
    """By which factor each candidate misses the limit that it misses most, float64[n]; ≤ 1 meets all.

    ``throughput`` in units/s, ``latency`` in s, ``memory`` in bytes, the limits likewise; None is no
    limit. What is not measured meets no limit: +Inf. Without limits all are 0. The smallest of those
    above 1 is the closest miss.

    Raises TypeError for what holds no numbers, ValueError for columns of unequal length and for a limit that
    is not finite and positive.
    """
    t = measured(real_column("throughput", throughput))
    ell, m = (measured(real_column(*named, t.size)) for named in (("latency", latency), ("memory", memory)))
    worst = np.zeros(t.size)
    with np.errstate(over="ignore"):  # farther off than a number can say: +Inf
        if min_throughput is not None:
            worst = np.maximum(worst, _limit("min_throughput", min_throughput) / t)
        if max_latency is not None:
            worst = np.maximum(worst, ell / _limit("max_latency", max_latency))
        if max_memory is not None:
            worst = np.maximum(worst, m / _limit("max_memory", max_memory))
    return np.where(np.isnan(worst), np.inf, worst)


def _limit(name: str, value: float) -> float:
    """``value``, which can be a limit. Raises TypeError, ValueError."""
    if not 0.0 < real_number(name, value) < math.inf:
        raise ValueError(f"{name} must be finite and positive, not {value}")
    return value
