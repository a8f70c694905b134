"""Draws of where the locations of candidates may lie, given what is known of them.

They belong to names (``draw_key.py``): the same results give the same draws in any store, and no other
candidate moves them. NumPy only.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .columns import key_column, real_column
from .counter_random import UNIFORM_SHIFT, UNIFORM_UNIT, random_integers, stream_keys, word

Floats = NDArray[np.float64]

DRAWS = 1000
THROUGHPUT, LATENCY, MEMORY = 0, 1, 2  # rows of [3, n] arrays; each has a stream of its own
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
    rho = real_column("correlation", correlation, own.size)[:, None]
    if not (np.abs(rho) <= 1.0).all():
        raise ValueError("correlation must lie between -1 and 1")
    deviates = np.zeros((3, own.size, count))
    deviates[THROUGHPUT] = student_deviates(own, nu[THROUGHPUT], count, THROUGHPUT)
    deviates[LATENCY] = rho * deviates[THROUGHPUT]
    if (np.abs(rho) < 1.0).any():
        apart = student_deviates(own, nu[LATENCY], count, LATENCY)
        deviates[LATENCY] += np.sqrt(1.0 - rho**2) * apart
    if not np.isnan(located[MEMORY]).all():
        deviates[MEMORY] = student_deviates(own, nu[MEMORY], count, MEMORY)
    return located[:, :, None] + error[:, :, None] * deviates


def bootstrap_draws(key: int, y: ArrayLike, count: int = DRAWS) -> Floats:
    """Medians of resampled processes, float64[3, count]: throughput, latency, memory of the same processes.

    ``y``: ln values of one candidate's n ≥ 1 processes, float64[3, n], NaN = missing: a criterion that a
    process lacks is NaN in every draw that holds it. Raises TypeError, ValueError.

    Source: Efron and Tibshirani, An Introduction to the Bootstrap, 1993, §6.
    """
    values = _criteria("y", y)
    n = values.shape[1]
    if n == 0:
        raise ValueError("y must hold at least one process")
    places = random_integers(key, count * n, n).reshape(count, n)
    return np.array([np.median(criterion[places], axis=1) for criterion in values])


def _criteria(name: str, values: Any, length: int | None = None) -> Floats:
    """``values`` as float64[3, n]."""
    array = values if isinstance(values, np.ma.MaskedArray) else np.asarray(values)
    if array.ndim != 2 or array.shape[0] != 3:
        raise ValueError(f"{name} must be of shape (3, n), not {array.shape}")
    return np.array([real_column(name, row, length) for row in array])
