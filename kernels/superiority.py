"""How sure it is that one location is larger than another. NumPy and the standard library only."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .columns import real_column
from .student import cdf

Floats = NDArray[np.float64]


def superiority(
    a: ArrayLike,
    variance_a: ArrayLike,
    degrees_a: ArrayLike,
    b: ArrayLike,
    variance_b: ArrayLike,
    degrees_b: ArrayLike,
    *,
    lower_is_better: bool = False,
) -> Floats:
    """P(A is better than B), float64[k], from Welch's t on the difference of y = ln value.

    ``a``, ``b``: locations of ln value; ``variance_a``, ``variance_b``: V of those locations, finite and ≥ 0,
    each with its degrees of freedom > 0 (ν₀ + n − 1, see variance.py); all float64[k]. Both variances 0: 1,
    0, or 1/2 where they are equal. NaN where anything is NaN. Raises TypeError for what are no numbers,
    ValueError for shapes, negative or infinite variances, or degrees that are not > 0.

    Source: Welch 1947, doi:10.1093/biomet/34.1-2.28: degrees (V_a + V_b)²/(V_a²/ν_a + V_b²/ν_b).
    """
    y_a = real_column("a", a)
    y_b, v_a, v_b, d_a, d_b = (
        real_column(name, column, y_a.size)
        for name, column in (
            ("b", b),
            ("variance_a", variance_a),
            ("variance_b", variance_b),
            ("degrees_a", degrees_a),
            ("degrees_b", degrees_b),
        )
    )
    if any(((v < 0.0) | np.isinf(v)).any() for v in (v_a, v_b)):
        raise ValueError("variances must be finite and not negative")
    if (d_a <= 0.0).any() or (d_b <= 0.0).any():
        raise ValueError("degrees of freedom must be > 0")
    known = ~np.isnan([v_a, v_b, d_a, d_b]).any(axis=0)
    with np.errstate(all="ignore"):
        difference = y_b - y_a if lower_is_better else y_a - y_b
        share = v_a / (v_a + v_b)
        nu = 1.0 / (share**2 / d_a + (1.0 - share) ** 2 / d_b)
        t = difference / np.sqrt(v_a + v_b)
    beyond = np.where(known, 0.5 + 0.5 * np.sign(difference), np.nan)
    rows = zip(t.tolist(), nu.tolist(), beyond.tolist(), strict=True)
    return np.array([cdf(x, n) if math.isfinite(x) and n > 0.0 else sure for x, n, sure in rows], np.float64)
