"""Draws of where the locations of candidates may lie, given what is known of them.

They belong to names (``draw_key.py``): the same results give the same draws in any store, and no other
candidate moves them. NumPy only.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .columns import key_column, real_column, real_table, unless_masked, whole_column
from .counter_random import UNIFORM_SHIFT, UNIFORM_UNIT, stream_keys, word
from .resample_medians import DISTANCES, resample_medians

Floats = NDArray[np.float64]
Marks = NDArray[np.bool_]

DRAWS = 1000
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
    *,
    n: ArrayLike | None = None,
    around: ArrayLike | None = None,
) -> Floats:
    """ȳ + √V·t(ν) of c criteria, the throughput first, all as ln value: float64[c, n, count].

    ``y``: locations, float64[c, n], NaN = missing and stays so. ``errors``: √V, and ``degrees``: ν, like
    ``y``. ``correlation``: of each with the throughput, like ``y``, in [−1, 1]; at ±1 it takes the deviates
    of the throughput as they are, at 0 it is drawn apart. ``keys``: uint64[n], each candidate's own.

    ``around``: float64[c, 4, n], NaN = not known, and ``n``: processes, int64[n]. Where it is known, a
    location is drawn as the median that a resample of the processes has (``resample_medians``), and V and ν
    are not looked at.

    Raises TypeError for what are no numbers, ValueError for shapes, degrees below 0.01 and correlations
    beyond ±1.
    """
    located = _criteria("y", y)
    own = key_column("keys", keys, located.shape[1])
    error, nu, rho = (
        _criteria(name, given, located.shape)
        for name, given in (("errors", errors), ("degrees", degrees), ("correlation", correlation))
    )
    if not (np.abs(rho) <= 1.0).all():
        raise ValueError("correlation must lie between -1 and 1")
    points, size = _points(around, n, located.shape)
    resampled: Marks = ~np.isnan(points.sum(axis=1))
    nu = np.where(resampled, size + 1.0, nu)
    moves = np.where(resampled, points.any(axis=1), error != 0.0) & ~np.isnan(located)
    deviates = _joint_deviates(own, nu, rho, count, moves)
    for c, of_one in enumerate(resampled):  # in place, as the draws of many candidates are many megabytes
        medians = resample_medians(deviates[c, of_one], size[of_one], points[c][:, of_one])
        deviates[c] *= error[c, :, None]
        deviates[c, of_one] = medians
    deviates += located[:, :, None]
    return deviates


def _points(
    around: ArrayLike | None, n: ArrayLike | None, shape: tuple[int, ...]
) -> tuple[Floats, NDArray[np.int64]]:
    """``around`` and ``n``, checked; all NaN where there are none."""
    wanted = (shape[0], len(DISTANCES), shape[1])
    if around is None or n is None:
        return np.full(wanted, np.nan), np.ones(shape[1], np.int64)
    return real_table("around", around, wanted), whole_column("n", n, shape[1])


def _joint_deviates(
    keys: NDArray[np.uint64], degrees: Floats, rho: Floats, count: int, moves: Marks
) -> Floats:
    """Student's t of each criterion, float64[c, n, count], each with a stream of its own.

    Those that move nothing are not drawn, and 0.
    """
    deviates = np.zeros((*degrees.shape, count))
    first = np.flatnonzero(moves[0] | ((rho[1:] != 0.0) & moves[1:]).any(axis=0))
    deviates[0, first] = student_deviates(keys[first], degrees[0, first], count, 0)
    for c in range(1, len(deviates)):
        shared = np.flatnonzero(moves[c] & (rho[c] != 0.0))
        deviates[c, shared] = rho[c, shared, None] * deviates[0, shared]
        apart = np.flatnonzero(moves[c] & (np.abs(rho[c]) < 1.0))
        own = student_deviates(keys[apart], degrees[c, apart], count, c)
        deviates[c, apart] += np.sqrt(1.0 - rho[c, apart, None] ** 2) * own
    return deviates


def _criteria(name: str, values: Any, shape: tuple[int, ...] | None = None) -> Floats:
    """``values`` as float64[c, n]."""
    array = unless_masked(values)
    if array.ndim != 2 or array.shape[0] == 0 or (shape is not None and array.shape != shape):
        raise ValueError(f"{name} must be of shape {shape or '(c, n)'}, not {array.shape}")
    return np.array([real_column(name, row) for row in array])
