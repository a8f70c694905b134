"""Who is beaten by nobody: the Pareto front over (throughput, latency, memory), NumPy only (scoring.md §8).

One candidate dominates another if it is at least as good in every criterion and better in one. A missing
value is worse than any measured one and equals another missing one, so that NaN never improves anything
and the front is never empty where something is measured. ``kernels/pareto.py`` compiles the lower half.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .formulae import measured

Floats = NDArray[np.float64]
Marks = NDArray[np.bool_]

NEAR = 0.01


def front(throughput: Floats, latency: Floats, memory: Floats, *spent: Floats) -> Marks:
    """Which candidates of one group no other dominates, bool[n]; equals are on the front together.

    ``throughput`` in units/s, ``latency`` in s, ``memory`` in bytes; what is not finite and positive is
    missing. A criterion that does not count is handed over as NaN throughout. One that has none of the
    three is never on the front. ``spent``: further criteria of which less is better, such as money a unit.
    """
    t, ell, m = costs(throughput, latency, memory)
    dominated = dominates(t, ell, m, t[:, None], ell[:, None], m[:, None])
    if spent:
        columns = (t, ell, m, *map(_lost, spent))
        better = np.logical_or.reduce([own < own[:, None] for own in columns])
        dominated = np.logical_and.reduce([own <= own[:, None] for own in columns]) & better
    return ~dominated.any(axis=1) & has_any(t, ell, m)


def near_front(
    throughput: Floats,
    latency: Floats,
    memory: Floats,
    on_front: Marks,
    tolerance: float = NEAR,
    *spent: Floats,
) -> Marks:
    """Which others lie within ``tolerance`` of one member of the front in every criterion, bool[n]."""
    t, ell, m = costs(throughput, latency, memory)
    best = (t[on_front], ell[on_front], m[on_front])
    with np.errstate(over="ignore"):  # the largest throughput there is: at −Inf, within anything
        close = within(t[:, None], ell[:, None], m[:, None], *best, 1.0 + tolerance)
        for column in map(_lost, spent):
            close &= column[:, None] / (1.0 + tolerance) <= column[on_front]
    return close.any(axis=1) & ~on_front & has_any(t, ell, m)


def costs(throughput: Floats, latency: Floats, memory: Floats) -> tuple[Floats, Floats, Floats]:
    """The three as costs, smaller is better: −throughput, latency, memory; +Inf where missing."""
    lost = np.where(np.isnan(t := measured(throughput)), np.inf, -t)
    return lost, _lost(latency), _lost(memory)


def _lost(x: Floats) -> Floats:
    """``x``, of which less is better; +Inf where it is missing."""
    return np.nan_to_num(measured(x), nan=np.inf)


# Elementary: for arrays in NumPy, for numbers when compiled. Arguments are costs.


def has_any(t: Floats, latency: Floats, m: Floats) -> Marks:
    """Whether one of three costs is measured."""
    return (t < np.inf) | (latency < np.inf) | (m < np.inf)


def dominates(
    t: Floats, latency: Floats, m: Floats, other_t: Floats, other_latency: Floats, other_m: Floats
) -> Marks:
    """Whether costs are at most the other's in all three, and below in one."""
    nowhere_worse = (t <= other_t) & (latency <= other_latency) & (m <= other_m)
    return nowhere_worse & ((t < other_t) | (latency < other_latency) | (m < other_m))


def within(
    t: Floats, latency: Floats, m: Floats, best_t: Floats, best_latency: Floats, best_m: Floats, factor: float
) -> Marks:
    """Whether costs are at most ``factor`` times the best ones in all three: −t · factor ≤ −best t.

    Divided, as a product may overflow to the +Inf of what is missing.
    """
    return (t * factor <= best_t) & (latency / factor <= best_latency) & (m / factor <= best_m)
