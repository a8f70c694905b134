"""The digamma and trigamma functions and the inverse of the latter, for x > 0. Standard library only.

ψ and ψ′ by their recurrences (NIST DLMF 5.5.2, 5.15.5) up to x ≥ 10, and from there by their asymptotic
series (DLMF 5.11.2, 5.15.8). Relative error below 1e-13 from 1e-8 to 1e8 (1e-14 absolute near the root of ψ).
"""

from __future__ import annotations

import math

_FAR = 10.0
# B₂ₖ/(2k) and B₂ₖ, k = 1 … 7
_DIGAMMA = (1 / 12, -1 / 120, 1 / 252, -1 / 240, 1 / 132, -691 / 32760, 1 / 12)
_TRIGAMMA = (1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6)
_MOST_STEPS = 100


def digamma(x: float) -> float:
    """ψ(x) = Γ′(x)/Γ(x). Raises ValueError where x is not > 0 and finite."""
    below, x = _steps_up(x)
    series = math.fsum(b * x ** (-2 * k) for k, b in enumerate(_DIGAMMA, 1))
    return math.fsum([math.log(x), -0.5 / x, -series, *(-1.0 / y for y in below)])


def trigamma(x: float) -> float:
    """ψ′(x). Raises ValueError where x is not > 0 and finite."""
    below, x = _steps_up(x)
    series = math.fsum(b * x ** (-2 * k - 1) for k, b in enumerate(_TRIGAMMA, 1))
    return math.fsum([1.0 / x, 0.5 / x**2, series, *(y**-2 for y in below)])


def inverse_trigamma(y: float) -> float:
    """The x > 0 with ψ′(x) = y. Raises ValueError where y is not > 0 and finite.

    By Newton's method on 1/ψ′, which is convex and nearly linear, so that it never overshoots (Smyth
    2004, doi:10.2202/1544-6115.1027, appendix).
    """
    if not 0.0 < y < math.inf:
        raise ValueError(f"trigamma has an inverse at finite numbers > 0, not at {y}")
    if y > 1e14:  # ψ′(x) → 1/x²
        return 1.0 / math.sqrt(y)
    if y < 1e-14:  # ψ′(x) → 1/x
        return 1.0 / y
    x = 0.5 + 1.0 / y
    for _ in range(_MOST_STEPS):
        value = trigamma(x)
        step = value * (1.0 - value / y) / _tetragamma(x)
        x += step
        if -step <= 1e-15 * x:
            break
    return x


def _tetragamma(x: float) -> float:
    """ψ″(x), the slope of trigamma: to a few digits, as a step of Newton's method needs it."""
    below, x = _steps_up(x)
    return -(1.0 / x**2 + x**-3 + 0.5 * x**-4 - x**-6 / 6 + sum(2.0 * y**-3 for y in below))


def _steps_up(x: float) -> tuple[list[float], float]:
    """x, x + 1, … below the reach of the series, and the first within it."""
    if not 0.0 < x < math.inf:
        raise ValueError(f"polygamma functions need a finite number > 0, not {x}")
    below = []
    while x < _FAR:
        below.append(x)
        x += 1.0
    return below, x
