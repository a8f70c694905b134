"""The score formulae, each stated once (scoring.md §2–5). NumPy only; ``kernels/scores.py`` compiles them.

The lower half is elementary: plain arithmetic that means the same for a NumPy array and, compiled by
Numba, for one number, so that both paths give the same bits. The upper half applies it to the
candidates of one group: float64[n], NaN = missing. A missing value has no component (NaN) and never
serves as a reference; so does a value that is not finite and positive.
"""

from __future__ import annotations

import math
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .columns import real_column

Floats = NDArray[np.float64]
Number = TypeVar("Number", float, Floats)

WEIGHT_SUM_TOLERANCE = 1e-12

# What becomes of a criterion that a candidate lacks: dropped for all, the lowest component that another
# has, or the candidate dropped. Never dropped for that one alone.
RENORMALISE, PESSIMISTIC, REQUIRE = 0, 1, 2
POLICIES = {"renormalise": RENORMALISE, "pessimistic": PESSIMISTIC, "require": REQUIRE}


# Components of one group's candidates, 1 = best.


def throughput_component(t: Floats) -> Floats:
    """T = t / max t, float64[n] in [0, 1]. ``t`` in units/s, larger is better."""
    t = measured(t)
    return share_of_largest(t, np.fmax.reduce(t, initial=np.nan))


def latency_component(latency: Floats) -> Floats:
    """L = min l / l, float64[n] in [0, 1]. ``latency`` in seconds, of one statistic for all."""
    latency = measured(latency)
    return share_of_smallest(latency, np.fmin.reduce(latency, initial=np.nan))


def memory_relative(m: Floats) -> Floats:
    """M = min m / m, float64[n] in [0, 1]. ``m`` in bytes, of one scope for all."""
    m = measured(m)
    return share_of_smallest(m, np.fmin.reduce(m, initial=np.nan))


def memory_range(m: Floats) -> Floats:
    """M = 1 − (m − min m) / (max m − min m), 0.5 where all are equal; float64[n] in [0, 1]."""
    m = measured(m)
    return place_in_range(m, np.fmin.reduce(m, initial=np.nan), np.fmax.reduce(m, initial=np.nan))


def memory_headroom(m: Floats, capacity: ArrayLike) -> Floats:
    """M = clip(1 − m / capacity, 0, 1), float64[n]. ``capacity`` in bytes, one or one for each candidate.

    Each candidate stands against its own device, so scopes may differ between candidates.
    """
    with np.errstate(over="ignore"):  # a capacity of next to nothing: no room, 0
        return free_share(measured(m), measured(np.asarray(capacity, dtype=np.float64)))


def measured(x: Floats) -> Floats:
    """``x`` with NaN wherever it is not a finite positive number (0 bytes or 0 s is "not measured")."""
    return np.where(is_measured(x), x, np.nan)


# Criteria that not every candidate has.


def complete(component: Floats) -> bool:
    """Whether every candidate has this criterion; False for no candidates at all."""
    return component.size > 0 and not bool(np.isnan(component).any())


def normalise_weights(w: ArrayLike) -> Floats:
    """Weights (throughput, latency, memory) that sum to 1, float64[3].

    Returned bit for bit where |sum − 1| < 1e-12, so that the default stays (.5, .3, .2) exactly.
    Raises ValueError where one is negative or not finite, all are 0, or there are not three, TypeError where
    they are no numbers.
    """
    weights = real_column("weights", w, 3)
    if not (np.isfinite(weights).all() and (weights >= 0.0).all() and weights.any()):
        raise ValueError(f"weights must be finite, not negative and not all 0: {weights.tolist()}")
    if math.isinf(sum(weights.tolist())):
        weights = weights / weights.max()
    return np.array(shares(*weights.tolist()), dtype=np.float64)


def drop_criteria(weights: Floats, used: tuple[bool, bool, bool]) -> Floats:
    """The weights when only the criteria in ``used`` count, float64[3]: 0 for the others, sum 1.

    A criterion that one candidate lacks is dropped for all of its group (policy "renormalise"). All
    NaN where nothing that carries weight is left: such a group has no score, which is not a score of 0.
    """
    kept = np.where(used, weights, 0.0)
    return np.array(shares(*kept.tolist()), dtype=np.float64)


def required(known: NDArray[np.bool_], kept: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Those of ``kept`` candidates that have a required criterion, bool[n] (policy "require").

    All of ``kept`` where none of them has it: then the criterion is dropped, not every candidate.
    """
    left = known & kept
    return left if bool(left.any()) else kept


def pessimistic(component: Floats) -> Floats:
    """The component with the lowest known one in every gap, float64[n]; as it is where none is known."""
    return np.where(np.isnan(component), np.fmin.reduce(component, initial=np.nan), component)


def competition_ranks(score: Floats) -> NDArray[np.int64]:
    """Ranks from 1, int64[n], largest score first; equal scores share a rank (1, 1, 3).

    NaN comes last: all of them share the rank after the worst score.
    """
    ascending = np.sort(-score)
    return np.searchsorted(ascending, -score, side="left").astype(np.int64) + 1


# Elementary: for an array in NumPy, for a number when compiled. Arguments x are float64 or float64[n],
# references (largest, smallest, weights) are numbers.


def is_measured(x: Floats) -> NDArray[np.bool_]:
    """Whether x is a finite positive number."""
    return (x > 0.0) & (x < np.inf)


def share_of_largest(x: Number, largest: float) -> Number:
    """x / largest: 1 for the largest, where larger is better."""
    return x / largest


def share_of_smallest(x: Number, smallest: float) -> Number:
    """smallest / x: 1 for the smallest, where smaller is better."""
    return smallest / x


def place_in_range(x: Number, smallest: float, largest: float) -> Number:
    """1 − (x − smallest) / (largest − smallest): 1 for the smallest, 0 for the largest, 0.5 if equal."""
    if largest == smallest:
        return 0.5 + (x - x)  # keeps the shape, and NaN where x is NaN
    return 1.0 - (x - smallest) / (largest - smallest)


def free_share(x: Number, capacity: Number) -> Number:
    """1 − x / capacity, held in [0, 1]."""
    held: Number = np.minimum(np.maximum(1.0 - x / capacity, 0.0), 1.0)
    return held


def shares(w_t: float, w_l: float, w_m: float) -> tuple[float, float, float]:
    """Three non-negative weights divided by their sum; as they are if it is 1, all NaN if it is 0."""
    total = w_t + w_l + w_m
    if abs(total - 1.0) < WEIGHT_SUM_TOLERANCE:
        return w_t, w_l, w_m
    if total == 0.0:
        return np.nan, np.nan, np.nan
    return w_t / total, w_l / total, w_m / total


def weighted_sum(t: Number, latency: Number, m: Number, w_t: float, w_l: float, w_m: float) -> Number:
    """w_t·T + w_l·L + w_m·M of components, added in that order: the compatibility.

    A criterion of weight 0 takes no part, whether it is known or NaN.
    """
    total: Any = w_t * t if w_t != 0.0 else 0.0
    total = total + w_l * latency if w_l != 0.0 else total
    total = total + w_m * m if w_m != 0.0 else total
    compatibility: Number = total
    return compatibility


def confidence(n: Number) -> Number:
    """c(n) = min(1, 0.5 + 0.1·n) for n ≥ 1 ok processes, 0 without any."""
    c: Number = np.minimum(1.0, 0.5 + 0.1 * n) * (n >= 1)
    return c


def coverage(ran: Number, decided: float) -> Number:
    """The share of the decided configurations that run on a hardware, in [0, 1]; NaN for none at all."""
    return ran / decided if decided > 0 else ran * np.nan


def suitability(compatibility: Number, c: Number) -> Number:
    """compatibility · c(n)."""
    return compatibility * c
