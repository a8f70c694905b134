"""Medians of bootstrap resamples, from a few quantiles around the median of what is resampled.

Nothing is resampled, and no value is looked at: a resample is n even numbers on (0, 1) put through the
quantile function of the n values, so that its median is that function's value where the median of n even
numbers falls, whose distribution is known: 1/2, give or take 1/(2√n). Between the quantiles that lie one and
two of these away the function is taken to be straight. NumPy only.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .columns import real_table, whole_column

Floats = NDArray[np.float64]

DISTANCES = (-2.0, -1.0, 1.0, 2.0)  # of the quantiles from the median, in 1/(2√n)
REACHES = tuple(0.5 * distance for distance in DISTANCES)  # the same in 1/√n
_BLOCK = 16  # rows at a time, so that what is made of them on the way stays in the cache


def resample_medians(deviates: ArrayLike, n: ArrayLike, around: ArrayLike) -> Floats:
    """Medians of resamples less the median of the values, float64[k, d], in the unit of ``around``.

    ``deviates``: draws of Student's t with n + 1 degrees, float64[k, d]. ``n``: how many values there are,
    int64[k] ≥ 1. ``around``: their quantiles at 1/2 − 1/√n, 1/2 − 1/(2√n), 1/2 + 1/(2√n) and 1/2 + 1/√n,
    each less their median, float64[4, k], NaN = not known; beyond them the lines go on straight.

    Raises TypeError for what are no numbers, ValueError for shapes that can't be meant and for infinite
    quantiles.

    Source: Efron 1979, doi:10.1214/aos/1176344552, §3, the bootstrap of a median; Devroye, Non-Uniform Random
    Variate Generation, 1986, §I.4 (order statistics) and §IX.3 (a symmetric Beta from Student's t). The
    median of an even number of values is drawn as that of an odd one.
    """
    t, points = real_table("deviates", deviates, None), real_table("around", around, None)
    if t.ndim != 2 or points.shape != (len(DISTANCES), t.shape[0]):
        raise ValueError(f"deviates (k, d) and around (4, k) can't be of shapes {t.shape}, {points.shape}")
    size = whole_column("n", n, t.shape[0]).astype(np.float64)
    if np.isinf(points).any():
        raise ValueError("around must not be infinite")
    medians = np.empty(t.shape)
    for i in range(0, t.shape[0], _BLOCK):
        rows = slice(i, i + _BLOCK)
        medians[rows] = _medians(t[rows], size[rows, None], points[:, rows, None])
    return medians


def _medians(t: Floats, size: Floats, around: Floats) -> Floats:
    outer_low, low, high, outer_high = around
    distance = np.sqrt(size) * t / np.sqrt(size + 1.0 + t * t)
    up, down = np.maximum(distance, 0.0), np.maximum(-distance, 0.0)
    medians: Floats = high * up + low * down
    medians += (outer_high - 2.0 * high) * np.maximum(up - 1.0, 0.0)
    medians += (outer_low - 2.0 * low) * np.maximum(down - 1.0, 0.0)
    return medians
