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
    room = np.empty(0) if capacity is None else real_column("capacity", capacity, t.size)
    given = formulae.normalise_weights(real_column("weights", weights))
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
def _smallest(x: Floats) -> float:
    """The smallest measured value of ``x``; NaN without any."""
    smallest = np.inf
    for i in range(x.size):
        smallest = min(smallest, x[i] if _is_measured(x[i]) else np.inf)
    return smallest if smallest < np.inf else np.nan


@elementary
def _largest(x: Floats) -> float:
    """The largest measured value of ``x``; NaN without any."""
    largest = 0.0
    for i in range(x.size):
        largest = max(largest, x[i] if _is_measured(x[i]) else 0.0)
    return largest if largest > 0.0 else np.nan


@elementary
def _larger_is_better(x: Floats, out: Floats) -> None:
    largest = _largest(x)
    for i in range(x.size):
        out[i] = _share_of_largest(x[i], largest) if _is_measured(x[i]) else np.nan


@elementary
def _smaller_is_better(x: Floats, out: Floats) -> None:
    smallest = _smallest(x)
    for i in range(x.size):
        out[i] = _share_of_smallest(x[i], smallest) if _is_measured(x[i]) else np.nan


@elementary
def _by_range(x: Floats, out: Floats) -> None:
    smallest, largest = _smallest(x), _largest(x)
    for i in range(x.size):
        out[i] = _place_in_range(x[i], smallest, largest) if _is_measured(x[i]) else np.nan


@elementary
def _by_headroom(x: Floats, capacity: Floats, out: Floats) -> None:
    for i in range(x.size):
        known = _is_measured(x[i]) & _is_measured(capacity[i])
        out[i] = _free_share(x[i], capacity[i]) if known else np.nan


@elementary
def _complete(component: Floats) -> bool:
    missing = 0
    for i in range(component.size):
        missing += component[i] != component[i]
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
            _larger_is_better(throughput[a:b], out_t[a:b])
            _smaller_is_better(latency[a:b], out_l[a:b])
            if modes[g] == RELATIVE:
                _smaller_is_better(memory[a:b], out_m[a:b])
            elif modes[g] == RANGE:
                _by_range(memory[a:b], out_m[a:b])
            else:
                _by_headroom(memory[a:b], capacity[a:b], out_m[a:b])

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
