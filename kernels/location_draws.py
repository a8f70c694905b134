"""Draws of where the locations of candidates may lie, given what is known of them.

They belong to names (``draw_key.py``): the same results give the same draws in any store, and no other
candidate moves them. NumPy only.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .columns import key_column, real_column
from .counter_random import UNIFORM_SHIFT, UNIFORM_UNIT, stream_keys, word

Floats = NDArray[np.float64]
Places = NDArray[np.int64]

DRAWS = 1000
THROUGHPUT, LATENCY, MEMORY = 0, 1, 2  # rows of [3, n] arrays; each has a stream of its own
_GAP = 3  # the stream of gaps between the two in the middle
_LEAST_DEGREES = 0.01  # below, a deviate is as often ∞ as not
_BLOCK = 16  # candidates at a time, so that their numbers stay in the cache


def student_deviates(keys: ArrayLike, degrees: ArrayLike, count: int = DRAWS, purpose: int = 0) -> Floats:
    """``count`` draws of Student's t a key, float64[n, count], with ``degrees`` ≥ 0.01, whole or not.

    ``keys``: uint64[n] (``draw_key.short_key``). ``purpose`` tells apart several streams of one key.
    Raises TypeError and ValueError for keys, shapes or degrees that can't be meant.

    Source: Bailey 1994, doi:10.1090/S0025-5718-1994-1240626-7: √(ν(U^(−2/ν) − 1))·cos 2πV.
    """
    streams = stream_keys(0, keys, purpose)
    nu = real_column("degrees", degrees, streams.size)
    if not ((nu >= _LEAST_DEGREES) & (nu < np.inf)).all():
        raise ValueError(f"degrees of freedom must be finite and at least {_LEAST_DEGREES}")
    deviates = np.empty((nu.size, count))
    for i in range(0, nu.size, _BLOCK):
        rows = slice(i, i + _BLOCK)
        deviates[rows] = _polar(streams[rows, None], nu[rows, None], count)
    return deviates


def _polar(streams: NDArray[np.uint64], degrees: Floats, count: int) -> Floats:
    words = word(streams, np.arange(2 * count, dtype=np.uint64))
    uniforms = (words >> UNIFORM_SHIFT) * UNIFORM_UNIT  # in [0, 1): 1 − U has a logarithm
    u, v = uniforms[:, :count], uniforms[:, count:]
    with np.errstate(over="ignore"):
        radius = np.sqrt(degrees * np.expm1(np.log1p(-u) * (-2.0 / degrees)))
    deviates: Floats = radius * np.cos(2.0 * np.pi * v)
    return deviates


def location_draws(
    keys: ArrayLike,
    y: ArrayLike,
    errors: ArrayLike,
    degrees: ArrayLike,
    correlation: ArrayLike,
    count: int = DRAWS,
) -> Floats:
    """ȳ + √V·t(ν) of throughput, latency and memory, all as ln value: float64[3, n, count].

    ``y``: locations, float64[3, n], NaN = missing and stays so. ``errors``: √V, and ``degrees``: ν,
    like ``y``. ``correlation``: of ln t and ln l, float64[n] in [−1, 1]; at ±1 ln l takes the deviates of
    ln t as they are. Memory is drawn apart. ``keys``: uint64[n], each candidate's own.

    Raises TypeError for what are no numbers, ValueError for shapes, degrees below 0.01 and correlations
    beyond ±1.
    """
    located = _criteria("y", y)
    error = _criteria("errors", errors, located.shape[1])
    own, nu = key_column("keys", keys, located.shape[1]), _criteria("degrees", degrees, located.shape[1])
    deviates = _joint_deviates(own, nu, correlation, count, memory=not np.isnan(located[MEMORY]).all())
    return located[:, :, None] + error[:, :, None] * deviates


def median_draws(
    keys: ArrayLike, y: Sequence[ArrayLike], correlation: ArrayLike, count: int = DRAWS
) -> Floats:
    """Medians of bootstrap resamples of each candidate's processes, float64[3, k, count].

    ``y`` holds for each candidate the ln values of its n ≥ 1 processes, float64[3, n]: throughput, latency,
    memory. A criterion that one process lacks (NaN) is NaN in every draw. ``keys``: uint64[k], each
    candidate's own. ``correlation``: of ln throughput and ln latency, float64[k] in [−1, 1]; at −1, where
    values mirror each other, the two are medians of the same resamples. Memory is drawn apart.

    Nothing is resampled: a resample is n even numbers on (0, 1) put through the quantile function of the n
    values, so that its median is that of the middle ones, whose distribution is known.

    Raises TypeError for what are no numbers, ValueError for shapes and correlations that can't be meant.

    Source: Efron 1979, doi:10.1214/aos/1176344552, §3, the bootstrap of a median; Devroye, Non-Uniform Random
    Variate Generation, 1986, §I.4 (order statistics) and §IX.3 (a symmetric Beta from Student's t).
    """
    rows = [np.sort(_criteria("y", of_one), axis=1) for of_one in y]  # NaN last
    own, n = key_column("keys", keys, len(rows)), np.array([of_one.shape[1] for of_one in rows], np.int64)
    if (n == 0).any():
        raise ValueError("y must hold at least one process of each candidate")
    low, high = _middle(own, n, correlation, count)
    draws = np.empty((3, len(rows), count))
    for i, of_one in enumerate(rows):
        for criterion, values in enumerate(of_one):
            middle = 0.5 * (values[low[criterion, i]] + values[high[criterion, i]])
            draws[criterion, i] = np.nan if np.isnan(values[-1]) else middle
    return draws


def _middle(
    keys: NDArray[np.uint64], n: NDArray[np.int64], correlation: ArrayLike, count: int
) -> tuple[Places, Places]:
    """The places, among the n sorted values, of the two in the middle of each resample, int64[3, k, count].

    Of an odd n = 2m + 1 the one in the middle is Beta(m + 1, m + 1), from t with n + 1 degrees; of an even
    n = 2m the gap between the two is Beta(1, n), and where it lies in what is left Beta(m, m).
    """
    odd = n % 2 == 1
    degrees = np.broadcast_to(np.where(odd, n + 1.0, n), (3, n.size))
    t = _joint_deviates(keys, degrees, correlation, count)
    words = word(stream_keys(0, keys, _GAP)[:, None], np.arange(count, dtype=np.uint64))
    even = (words >> UNIFORM_SHIFT) * UNIFORM_UNIT
    gap = np.where(odd[:, None], 0.0, -np.expm1(np.log1p(-even) / n[:, None]))
    low = (0.5 + 0.5 * t / np.sqrt(degrees[:, :, None] + t * t)) * (1.0 - gap)
    last = n[:, None] - 1
    return _place(low, last), _place(low + gap, last)


def _place(share: Floats, last: NDArray[np.int64]) -> Places:
    return np.minimum((share * (last + 1)).astype(np.int64), last)


def _joint_deviates(
    keys: NDArray[np.uint64], degrees: Floats, correlation: ArrayLike, count: int, *, memory: bool = True
) -> Floats:
    """Student's t of throughput, latency and memory, float64[3, n, count]; without ``memory`` 0 for that one.

    ``degrees``: float64[3, n]. Raises ValueError for degrees below 0.01 and correlations beyond ±1.
    """
    rho = real_column("correlation", correlation, keys.size)[:, None]
    if not (np.abs(rho) <= 1.0).all():
        raise ValueError("correlation must lie between -1 and 1")
    deviates = np.zeros((3, keys.size, count))
    deviates[THROUGHPUT] = student_deviates(keys, degrees[THROUGHPUT], count, THROUGHPUT)
    deviates[LATENCY] = rho * deviates[THROUGHPUT]
    if (np.abs(rho) < 1.0).any():
        apart = student_deviates(keys, degrees[LATENCY], count, LATENCY)
        deviates[LATENCY] += np.sqrt(1.0 - rho**2) * apart
    if memory:
        deviates[MEMORY] = student_deviates(keys, degrees[MEMORY], count, MEMORY)
    return deviates


def _criteria(name: str, values: Any, length: int | None = None) -> Floats:
    """``values`` as float64[3, n]."""
    array = values if isinstance(values, np.ma.MaskedArray) else np.asarray(values)
    if array.ndim != 2 or array.shape[0] != 3:
        raise ValueError(f"{name} must be of shape (3, n), not {array.shape}")
    return np.array([real_column(name, row, length) for row in array])
