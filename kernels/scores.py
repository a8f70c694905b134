"""Scores of many groups of candidates at once: ``formulae.py`` compiled, and driven group by group.

Candidates lie group after group (CSR): those of group g are ``offsets[g]:offsets[g + 1]``. Every number
is the same to the bit as what ``formulae.py`` gives for each group alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import formulae
from .columns import group_offsets, id_column, real_column, status_column, whole_column
from .formulae import PESSIMISTIC, POLICIES, REQUIRE
from .jit import (
    FLAGS_OUT,
    FLOATS_IN,
    FLOATS_OUT,
    IDS_IN,
    MARKS_IN,
    MARKS_OUT,
    WHOLES_IN,
    WHOLES_OUT,
    elementary,
    kernel,
    version_of,
)

Floats = NDArray[np.float64]
Marks = NDArray[np.bool_]
Wholes = NDArray[np.int64]

MOST_HARDWARE = 2**24  # ids of hardware lie below: there is a counter for each
RELATIVE, RANGE, HEADROOM = 0, 1, 2  # how memory becomes a component
MEMORY = 2  # its place among the criteria
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
    formulae.coverage,
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
    _coverage,
) = (elementary(function) for function in _STATED)


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of n candidates in g groups. Components are in [0, 1], 1 = best, NaN = missing."""

    throughput: Floats  # float64[n] components, known ones also where the criterion was dropped
    latency: Floats
    memory: Floats
    used: Marks  # bool[g, 3]: whether throughput, latency, memory count in the group
    compatibility: Floats  # float64[n]; NaN where the group has no criterion of any weight left
    confidence: Floats
    suitability: Floats
    coverage: Floats | None  # float64[n]: the share of its hardware's candidates in the group that run


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
    policy: str | Sequence[str] = "renormalise",
    status: ArrayLike | None = None,
    hardware: ArrayLike | None = None,
) -> Scores:
    """The scores of all candidates, each against its own group (scoring.md §2–5).

    ``throughput`` (units/s), ``latency`` (s) and ``memory`` (bytes) are [n], NaN or not positive =
    missing; ``n`` counts the ok processes of each. ``memory_mode`` is one of MEMORY_MODES, or int[g] of
    its values; "headroom" needs ``capacity`` in bytes, [n].

    ``policy``, one for all criteria or one for each of the three, says what a criterion means that some
    candidate of a group lacks. "renormalise": dropped for all of the group, the other weights sum to 1.
    "pessimistic": the lowest component that another has. "require": candidates that lack it are no
    candidates, have no components and are no reference, where some have it; required criteria are gone
    through in their order. What none has is dropped.

    ``status``, int[n], is 0 for what ran; anything else was tried without success: no components, no
    score, but it lowers the ``coverage`` of its hardware, int[n] ids from 0.

    Raises TypeError for arrays that don't hold numbers, ValueError for shapes, offsets, counts, weights,
    modes, policies or ids that can't be meant.
    """
    t = real_column("throughput", throughput)
    starts = group_offsets(offsets, t.size)
    ell, m = real_column("latency", latency, t.size), real_column("memory", memory, t.size)
    counts = whole_column("n", n, t.size)
    modes = _modes(memory_mode, starts.size - 1, capacity is not None)
    room = np.empty(0) if capacity is None else real_column("capacity", capacity, t.size)
    given, policies = formulae.normalise_weights(weights), _policies(policy)
    ran = np.ones(t.size, np.bool_) if status is None else status_column("status", status, t.size) == 0
    covered = None if hardware is None else _coverage_of(starts, hardware, ran)
    kept = _kept(starts, (t, ell, m), room, modes, policies, ran)
    if not kept.all():
        t, ell, m = (np.where(kept, column, np.nan) for column in (t, ell, m))
    used = np.empty((starts.size - 1, 3), dtype=np.bool_)
    components = np.empty(t.size), np.empty(t.size), np.empty(t.size)
    scores = np.empty(t.size), np.empty(t.size), np.empty(t.size)
    _fill_components(starts, t, ell, m, room, modes, *components)
    for criterion in np.flatnonzero(policies == PESSIMISTIC):
        _fill_gaps(starts, kept, components[criterion])
    _fill_scores(starts, *components, kept, counts, given, used, *scores)
    return Scores(*components, used, *scores, covered)


def _policies(policy: str | Sequence[str]) -> Wholes:
    names: list[Any] = list(policy) if isinstance(policy, list | tuple | np.ndarray) else [policy] * 3
    unknown = [name for name in names if not isinstance(name, str) or name not in POLICIES]
    if unknown or len(names) != 3:
        what = f'unknown policy "{unknown[0]}"' if unknown else f"{len(names)} policies for three criteria"
        raise ValueError(f"{what}: there are {', '.join(POLICIES)}")
    return np.array([POLICIES[name] for name in names])


def _kept(
    starts: Wholes, columns: tuple[Floats, ...], room: Floats, modes: Wholes, policies: Wholes, ran: Marks
) -> Marks:
    """The candidates that are left when required criteria are, bool[n]."""
    kept = ran
    for criterion in np.flatnonzero(policies == REQUIRE):
        known = formulae.is_measured(columns[criterion])
        if criterion == MEMORY and (modes == HEADROOM).any():
            known &= formulae.is_measured(room) | np.repeat(modes != HEADROOM, np.diff(starts))
        left = np.empty(ran.size, dtype=np.bool_)
        _fill_required(starts, known, kept, left)
        kept = left
    return kept


def _coverage_of(starts: Wholes, hardware: ArrayLike, ran: Marks) -> Floats:
    ids = id_column("hardware", hardware, ran.size)
    if ids.size and not (ids.min() >= 0 and ids.max() < MOST_HARDWARE):
        raise ValueError(f"hardware must lie between 0 and {MOST_HARDWARE - 1}")
    tried, running = np.zeros((2, int(ids.max(initial=-1)) + 1), dtype=np.int64)
    covered = np.empty(ran.size)
    _fill_coverage(starts, ids, ran, tried, running, covered)
    return covered


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
def _complete(component: Floats, kept: Marks) -> bool:
    """Whether every candidate has a component; False for no candidates at all."""
    known, candidates = 0, 0
    for i in range(component.size):
        known += component[i] == component[i]  # never of one that is no candidate
        candidates += kept[i]
    return 0 < known == candidates


def _compile(version: str) -> tuple[Any, Any, Any]:
    """The kernels, renewed in Numba's cache whenever ``version`` is another."""

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

    @kernel((WHOLES_IN, *[FLOATS_IN] * 3, MARKS_IN, WHOLES_IN, FLOATS_IN, FLAGS_OUT, *[FLOATS_OUT] * 3))
    def fill_scores(  # type: ignore[no-untyped-def]
        offsets, t, latency, m, kept, n, weights, used, out_compatibility, out_confidence, out_suitability
    ):
        """Fills which criteria each group uses, and the three scores."""
        _ = version
        for g in range(offsets.size - 1):
            a, b = offsets[g], offsets[g + 1]
            used[g, 0] = _complete(t[a:b], kept[a:b])
            used[g, 1] = _complete(latency[a:b], kept[a:b])
            used[g, 2] = _complete(m[a:b], kept[a:b])
            w_t, w_l, w_m = _shares(weights[0] * used[g, 0], weights[1] * used[g, 1], weights[2] * used[g, 2])
            for i in range(a, b):
                compatibility = _weighted_sum(t[i], latency[i], m[i], w_t, w_l, w_m)
                c = _confidence(n[i])
                out_compatibility[i], out_confidence[i] = compatibility, c
                out_suitability[i] = _suitability(compatibility, c)

    @kernel((WHOLES_IN, IDS_IN, MARKS_IN, WHOLES_OUT, WHOLES_OUT, FLOATS_OUT))
    def fill_coverage(offsets, hardware, ran, tried, running, out):  # type: ignore[no-untyped-def]
        """Fills the share of each candidate's hardware that runs in its group."""
        _ = version
        for g in range(offsets.size - 1):
            a, b = offsets[g], offsets[g + 1]
            for i in range(a, b):
                tried[hardware[i]], running[hardware[i]] = 0, 0
            for i in range(a, b):
                tried[hardware[i]] += 1
                running[hardware[i]] += ran[i]
            for i in range(a, b):
                out[i] = _coverage(running[hardware[i]], tried[hardware[i]])

    return fill_components, fill_scores, fill_coverage


_fill_components, _fill_scores, _fill_coverage = _compile(version_of(*_STATED))


@kernel((WHOLES_IN, MARKS_IN, MARKS_IN, MARKS_OUT))
def _fill_required(offsets: Any, known: Any, kept: Any, left: Any) -> None:
    """As ``formulae.required``, group by group."""
    for g in range(offsets.size - 1):
        some = False
        for i in range(offsets[g], offsets[g + 1]):
            some |= known[i] & kept[i]
        for i in range(offsets[g], offsets[g + 1]):
            left[i] = kept[i] & (known[i] | (not some))


@kernel((WHOLES_IN, MARKS_IN, FLOATS_OUT))
def _fill_gaps(offsets: Any, kept: Any, component: Any) -> None:
    """As ``formulae.pessimistic``, group by group, for the candidates in ``kept``."""
    for g in range(offsets.size - 1):
        lowest = np.inf
        for i in range(offsets[g], offsets[g + 1]):
            lowest = min(lowest, component[i] if component[i] == component[i] else np.inf)
        for i in range(offsets[g], offsets[g + 1]):
            if kept[i] and component[i] != component[i] and lowest < np.inf:
                component[i] = lowest
