"""Scores of many groups of candidates at once: ``formulae.py`` compiled, and driven group by group.

Candidates lie group after group (CSR): those of group g are ``offsets[g]:offsets[g + 1]``. Every number
is the same to the bit as what ``formulae.py`` gives for each group alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import formulae
from .columns import group_offsets, real_column, whole_column
from .jit import FLAGS_OUT, FLOATS_IN, FLOATS_OUT, WHOLES_IN, elementary, kernel, version_of

Floats = NDArray[np.float64]

RELATIVE, RANGE, HEADROOM = 0, 1, 2  # how memory becomes a component
MEMORY_MODES = {"relative": RELATIVE, "range": RANGE, "headroom": HEADROOM}

_STATED = (
    formulae.is_measured,
    formulae.share_of_largest,
    formulae.share_of_smallest,
    formulae.place_in_range,
    formulae.free_share,
    formulae.shares,
    formulae.weighted_sum,
    formulae.confidence,
    formulae.suitability,
)
(
    _is_measured,
    _share_of_largest,
    _share_of_smallest,
    _place_in_range,
    _free_share,
    _shares,
    _weighted_sum,
    _confidence,
    _suitability,
) = (elementary(function) for function in _STATED)


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of n candidates in g groups. Components are in [0, 1], 1 = best, NaN = missing."""

    throughput: Floats  # float64[n] components, known ones also where the criterion was dropped
    latency: Floats
    memory: Floats
    used: NDArray[np.bool_]  # bool[g, 3]: throughput, latency, memory; False = a candidate lacks it
    compatibility: Floats  # float64[n]; NaN where the group has no criterion of any weight left
    confidence: Floats
    suitability: Floats


def score_groups(
    offsets: ArrayLike,
    throughput: ArrayLike,
    latency: ArrayLike,
    memory: ArrayLike,
    n: ArrayLike,
    weights: ArrayLike = (0.5, 0.3, 0.2),
    *,
    memory_mode: str | ArrayLike = "relative",
    capacity: ArrayLike | None = None,
) -> Scores:
    """The scores of all candidates, each against its own group (scoring.md §2–5).

    ``throughput`` (units/s), ``latency`` (s) and ``memory`` (bytes) are [n], NaN or not positive =
    missing; ``n`` counts the ok processes of each. A criterion that one candidate of a group lacks is
    dropped for all of that group and the other weights renormalised. ``memory_mode`` is one of
    MEMORY_MODES, or int[g] of its values; "headroom" needs ``capacity`` in bytes, [n].

    Raises TypeError for arrays that don't hold numbers, ValueError for shapes, offsets, counts, weights
    or modes that can't be meant.
    """
    t = real_column("throughput", throughput)
    starts = group_offsets(offsets, t.size)
    ell, m = real_column("latency", latency, t.size), real_column("memory", memory, t.size)
    counts = whole_column("n", n, t.size)
    modes = _modes(memory_mode, starts.size - 1, capacity is not None)
    room = np.full(t.size, np.nan) if capacity is None else real_column("capacity", capacity, t.size)
    given = formulae.normalise_weights(weights)
    used = np.empty((starts.size - 1, 3), dtype=np.bool_)
    components = np.empty(t.size), np.empty(t.size), np.empty(t.size)
    scores = np.empty(t.size), np.empty(t.size), np.empty(t.size)
    _fill_components(starts, t, ell, m, room, modes, *components)
    _fill_scores(starts, *components, counts, given, used, *scores)
    return Scores(*components, used, *scores)


def _modes(mode: str | ArrayLike, groups: int, has_capacity: bool) -> NDArray[np.int64]:
    if isinstance(mode, str):
        if mode not in MEMORY_MODES:
            raise ValueError(f'unknown memory mode "{mode}": there are {", ".join(MEMORY_MODES)}')
        modes = np.full(groups, MEMORY_MODES[mode], dtype=np.int64)
    else:
        modes = whole_column("memory_mode", mode, groups)
    if modes.size and modes.max() > HEADROOM:
        raise ValueError(f"memory_mode must hold {RELATIVE}, {RANGE} or {HEADROOM}")
    if (modes == HEADROOM).any() and not has_capacity:
        raise ValueError("memory mode headroom needs capacity")
    return modes


@elementary
def _extremes(x: Floats) -> tuple[float, float]:
    """Smallest and largest measured value of ``x``; NaN, NaN without any."""
    smallest, largest = np.inf, 0.0
    for value in x:
        if _is_measured(value):
            smallest = min(smallest, value)
            largest = max(largest, value)
    return (smallest, largest) if largest > 0.0 else (np.nan, np.nan)


@elementary
def _memory(m: Floats, capacity: Floats, mode: int, out: Floats) -> None:
    smallest, largest = _extremes(m)
    for i in range(m.size):
        if not _is_measured(m[i]):
            out[i] = np.nan
        elif mode == RELATIVE:
            out[i] = _share_of_smallest(m[i], smallest)
        elif mode == RANGE:
            out[i] = _place_in_range(m[i], smallest, largest)
        else:
            out[i] = _free_share(m[i], capacity[i]) if _is_measured(capacity[i]) else np.nan


@elementary
def _complete(component: Floats) -> bool:
    missing = 0
    for value in component:
        missing += value != value
    return component.size > 0 and missing == 0


def _compile(version: str) -> tuple[Any, Any]:
    """The two kernels, renewed in Numba's cache whenever ``version`` is another."""

    @kernel((WHOLES_IN, *[FLOATS_IN] * 4, WHOLES_IN, *[FLOATS_OUT] * 3))
    def fill_components(  # type: ignore[no-untyped-def]
        offsets, throughput, latency, memory, capacity, modes, out_t, out_l, out_m
    ):
        """Fills the three components."""
        _ = version
        for g in range(offsets.size - 1):
            a, b = offsets[g], offsets[g + 1]
            _, fastest = _extremes(throughput[a:b])
            shortest, _ = _extremes(latency[a:b])
            for i in range(a, b):
                t, ell = throughput[i], latency[i]
                out_t[i] = _share_of_largest(t, fastest) if _is_measured(t) else np.nan
                out_l[i] = _share_of_smallest(ell, shortest) if _is_measured(ell) else np.nan
            _memory(memory[a:b], capacity[a:b], modes[g], out_m[a:b])

    @kernel((WHOLES_IN, *[FLOATS_IN] * 3, WHOLES_IN, FLOATS_IN, FLAGS_OUT, *[FLOATS_OUT] * 3))
    def fill_scores(  # type: ignore[no-untyped-def]
        offsets, t, latency, m, n, weights, used, out_compatibility, out_confidence, out_suitability
    ):
        """Fills which criteria each group uses, and the three scores."""
        _ = version
        for g in range(offsets.size - 1):
            a, b = offsets[g], offsets[g + 1]
            used[g, 0], used[g, 1], used[g, 2] = _complete(t[a:b]), _complete(latency[a:b]), _complete(m[a:b])
            w_t, w_l, w_m = _shares(weights[0] * used[g, 0], weights[1] * used[g, 1], weights[2] * used[g, 2])
            for i in range(a, b):
                compatibility = _weighted_sum(t[i], latency[i], m[i], w_t, w_l, w_m)
                c = _confidence(n[i])
                out_compatibility[i], out_confidence[i] = compatibility, c
                out_suitability[i] = _suitability(compatibility, c)

    return fill_components, fill_scores


_fill_components, _fill_scores = _compile(version_of(*_STATED))
