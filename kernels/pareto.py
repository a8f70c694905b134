"""Pareto fronts of many groups at once: ``dominance.py`` compiled, and driven group by group.

Each candidate is held against the front of those before it, which it either fails to enter or thins out
(block-nested-loops: Börzsönyi, Kossmann, Stocker 2001, doi:10.1109/ICDE.2001.914855). That takes n·f
comparisons for a front of f, against n² for all pairs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import dominance
from .columns import group_offsets, mark_table, real_column, real_number
from .formulae import is_measured
from .jit import (
    FLAGS_IN,
    FLOATS_IN,
    MARKS_OUT,
    NUMBER,
    TABLE_OUT,
    WHOLES_IN,
    WHOLES_OUT,
    elementary,
    kernel,
    version_of,
)

Marks = NDArray[np.bool_]

COUNTED = 64  # the largest group in which every candidate is held against every other

_STATED = (is_measured, dominance.has_any, dominance.dominates, dominance.within)
_is_measured, _has_any, _dominates, _within = (elementary(function) for function in _STATED)


@dataclass(frozen=True, slots=True)
class ParetoFront:
    """Which of n candidates are best in their group under some taste."""

    front: Marks  # bool[n]: no other dominates it
    near: Marks  # bool[n]: not on the front, but within the tolerance of one of its members everywhere


def pareto_front(
    offsets: ArrayLike,
    throughput: ArrayLike,
    latency: ArrayLike,
    memory: ArrayLike,
    *,
    used: ArrayLike | None = None,
    tolerance: float = dominance.NEAR,
) -> ParetoFront:
    """The front of each group over (throughput, latency, memory), by strict dominance (scoring.md §8).

    Candidates lie group after group: those of group g are ``offsets[g]:offsets[g + 1]``. ``throughput``
    (units/s, larger is better), ``latency`` (s) and ``memory`` (bytes) are [n]; what is not finite and
    positive is missing, and worse than any measured value. Equal candidates are on the front together;
    one that has none of the criteria never is. ``used``, bool[g, 3], says which criteria count in each
    group (as ``Scores.used``); all without it. ``tolerance`` is relative, .01 = 1 %.

    Raises TypeError for arrays that don't hold numbers, ValueError for shapes, offsets or a tolerance
    that can't be meant.
    """
    t = real_column("throughput", throughput)
    ell, m = real_column("latency", latency, t.size), real_column("memory", memory, t.size)
    starts = group_offsets(offsets, t.size)
    all_three = (starts.size - 1, 3)
    counted = mark_table("used", np.ones(all_three, np.bool_) if used is None else used, all_three)
    if not 0.0 <= real_number("tolerance", tolerance) < np.inf:
        raise ValueError(f"tolerance must be finite and not negative, not {tolerance}")
    found = ParetoFront(np.empty(t.size, dtype=np.bool_), np.empty(t.size, dtype=np.bool_))
    largest = int(np.diff(starts).max(initial=0))
    room = np.empty((3, largest)), np.empty((3, largest)), np.empty(largest, dtype=np.int64)
    _fill_fronts(starts, t, ell, m, counted, 1.0 + tolerance, *room, found.front, found.near)
    return found


@elementary
def _cost(value: float, sign: float, used: bool) -> float:
    """As ``dominance.costs``, of one value."""
    return sign * value if used & _is_measured(value) else np.inf


@elementary
def _count_dominating(t: Any, latency: Any, m: Any, i: int) -> int:
    """How many dominate candidate ``i``: without a branch, so that several are compared at a time."""
    dominating, own_t, own_latency, own_m = 0, t[i], latency[i], m[i]
    for j in range(t.size):
        dominating += _dominates(t[j], latency[j], m[j], own_t, own_latency, own_m)
    return dominating


@elementary
def _small_front(t: Any, latency: Any, m: Any, members: Any) -> int:
    """As ``_front``, by holding each candidate against all."""
    size = 0
    for i in range(t.size):
        members[size] = i
        size += _has_any(t[i], latency[i], m[i]) & (_count_dominating(t, latency, m, i) == 0)
    return size


@elementary
def _front(t: Any, latency: Any, m: Any, members: Any) -> int:
    """How many candidates are on the front; ``members`` begins with them."""
    size = 0
    for i in range(t.size):
        kept, beaten = 0, not _has_any(t[i], latency[i], m[i])
        while kept < size and not beaten:
            j = members[kept]
            beaten = _dominates(t[j], latency[j], m[j], t[i], latency[i], m[i])
            kept += 1
        if beaten:
            continue
        kept = 0
        for place in range(size):
            j = members[place]
            members[kept] = j
            kept += not _dominates(t[i], latency[i], m[i], t[j], latency[j], m[j])
        members[kept] = i
        size = kept + 1
    return size


@elementary
def _count_near(t: float, latency: float, m: float, best: Any, factor: float) -> int:
    """How many of the front, ``best`` float64[3, f], these costs are near to; branch-free as well."""
    near = 0
    for j in range(best.shape[1]):
        near += _within(t, latency, m, best[0, j], best[1, j], best[2, j], factor)
    return near


def _compile(version: str) -> Any:
    """The kernel, renewed in Numba's cache whenever ``version`` is another."""

    @kernel(
        (WHOLES_IN, *[FLOATS_IN] * 3, FLAGS_IN, NUMBER, TABLE_OUT, TABLE_OUT, WHOLES_OUT, *[MARKS_OUT] * 2)
    )
    def fill_fronts(  # type: ignore[no-untyped-def]
        offsets, throughput, latency, memory, used, factor, costs, best, members, front, near
    ):
        """Fills which candidates are on their group's front, and which are near it."""
        _ = version
        for g in range(offsets.size - 1):
            a, n = offsets[g], offsets[g + 1] - offsets[g]
            t, ell, m = costs[0, :n], costs[1, :n], costs[2, :n]
            for i in range(n):
                t[i] = _cost(throughput[a + i], -1.0, used[g, 0])
                ell[i] = _cost(latency[a + i], 1.0, used[g, 1])
                m[i] = _cost(memory[a + i], 1.0, used[g, 2])
            size = _small_front(t, ell, m, members) if n <= COUNTED else _front(t, ell, m, members)
            front[a : a + n] = False
            for place in range(size):
                i = members[place]
                front[a + i] = True
                best[0, place], best[1, place], best[2, place] = t[i], ell[i], m[i]
            for i in range(n):
                count = _count_near(t[i], ell[i], m[i], best[:, :size], factor)
                near[a + i] = (count > 0) & _has_any(t[i], ell[i], m[i]) & (not front[a + i])

    return fill_fronts


_fill_fronts = _compile(version_of(*_STATED))
