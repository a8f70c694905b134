"""Random draws that belong to a name: the same name gives the same draws, in any store and on any machine.

The bits are SHAKE-128 of the key (FIPS 202, an extendable-output function), so that no NumPy release, no
order of the candidates and no other candidate moves them. NumPy and the standard library only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .columns import real_column

Floats = NDArray[np.float64]

DRAWS = 1000
_KEY_BYTES = 16
_CRITERIA = (b"throughput", b"latency", b"memory")


def draw_key(*names: str) -> bytes:
    """The key of what those names name together: 16 bytes, never of an id or a position."""
    parts = [name.encode("utf-8", "surrogatepass") for name in names]
    # lengths first, so that ("ab", "c") is not ("a", "bc")
    text = b"".join(len(part).to_bytes(8, "little") + part for part in parts)
    return hashlib.blake2b(text, digest_size=_KEY_BYTES).digest()


def uniforms(key: bytes, count: int) -> Floats:
    """``count`` numbers spread evenly over (0, 1), float64[count]; neither limit is ever reached."""
    bits = np.frombuffer(hashlib.shake_128(key).digest(8 * count), dtype="<u8")
    return ((bits >> np.uint64(12)).astype(np.float64) + 0.5) * 2.0**-52


def student_deviates(key: bytes, degrees: float, count: int) -> Floats:
    """``count`` draws of Student's t with ``degrees`` > 0 of freedom, whole or not; float64[count].

    Source: Bailey 1994, doi:10.1090/S0025-5718-1994-1240626-7: √(ν(U^(−2/ν) − 1))·cos 2πV.
    """
    u, v = uniforms(key, 2 * count).reshape(2, count)
    radius: Floats = np.sqrt(degrees * np.expm1(np.log(u) * (-2.0 / degrees)))
    return radius * np.cos(2.0 * np.pi * v)


def location_draws(
    keys: Sequence[bytes],
    y: ArrayLike,
    errors: ArrayLike,
    degrees: ArrayLike,
    correlation: ArrayLike,
    count: int = DRAWS,
) -> Floats:
    """ȳ + √V·t(ν) of throughput, latency and memory, float64[3, n, count], all as ln value.

    ``y``: locations, float64[3, n], NaN = missing and stays so. ``errors``: √V, like ``y``. ``degrees``: ν of
    each candidate, float64[n]. ``correlation``: of ln t and ln l, float64[n] in [−1, 1]; memory is drawn
    apart. ``keys``: one for each candidate (``draw_key``).

    Raises TypeError for what are no numbers, ValueError for shapes, degrees that are not > 0, or correlations
    beyond ±1.
    """
    nu = real_column("degrees", degrees, len(keys))
    rho = real_column("correlation", correlation, len(keys))
    located, error = _criteria("y", y, nu.size), _criteria("errors", errors, nu.size)
    if not (nu > 0.0).all():
        raise ValueError("degrees of freedom must be > 0")
    if not (np.abs(rho) <= 1.0).all():
        raise ValueError("correlation must lie between -1 and 1")
    out = np.full((3, nu.size, count), np.nan)
    for i, key in enumerate(keys):
        known = ~np.isnan(located[:, i])
        deviates = _deviates(key, float(nu[i]), float(rho[i]), known.tolist(), count)
        out[:, i] = located[:, i, None] + error[:, i, None] * deviates
    return out


def _deviates(key: bytes, degrees: float, correlation: float, known: list[bool], count: int) -> Floats:
    """Deviates of the three criteria, float64[3, count]; 0 for those that are not known, which saves time."""
    throughput, latency, memory = (key + name for name in _CRITERIA)
    out = np.zeros((3, count))
    if known[0] or known[1]:
        out[0] = student_deviates(throughput, degrees, count)
    if known[1]:
        out[1] = correlation * out[0]
        if abs(correlation) < 1.0:
            own = student_deviates(latency, degrees, count)
            out[1] += np.sqrt(1.0 - correlation**2) * own
    if known[2]:
        out[2] = student_deviates(memory, degrees, count)
    return out


def bootstrap_draws(key: bytes, y: ArrayLike, count: int = DRAWS) -> Floats:
    """Medians of resampled processes, float64[3, count]: throughput, latency, memory from the same processes.

    ``y``: ln values, float64[3, n], NaN = missing; a criterion that a process lacks is NaN in every draw.
    Source: Efron and Tibshirani, An Introduction to the Bootstrap, 1993, §6.
    """
    values = _criteria("y", y)
    n = values.shape[1]
    if n == 0:
        raise ValueError("y must hold at least one process")
    places = (uniforms(key, count * n) * n).astype(np.intp).reshape(count, n)
    return np.array([np.median(criterion[places], axis=1) for criterion in values])


def _criteria(name: str, values: Any, length: int | None = None) -> Floats:
    """``values`` as float64[3, n]."""
    array = np.asarray(values)
    if array.ndim != 2 or array.shape[0] != 3:
        raise ValueError(f"{name} must be of shape (3, n), not {array.shape}")
    return np.array([real_column(name, row, length) for row in array])
