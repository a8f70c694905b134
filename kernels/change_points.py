"""Where the level of a series changes for good: E-divisive, with a permutation test that a seed repeats.

A split of a segment into n and m points is as good as the energy distance of its two sides is large,

    Q = n·m/(n + m) · (2·mean |x − y| − mean |x − x'| − mean |y − y'|),

x and y from either side, pairs of different points. The best split stands where few permutations of the
segment have one as good, and both sides are split on. As in Daly et al. 2020 (doi:10.1145/3358960.3375791)
the sides of a split reach to the ends of the segment, and each segment is tested against itself, so that a
noisy stretch does not hide the steps of a quiet one; the original tests all of them together.

Source: Matteson and James 2014, doi:10.1080/01621459.2013.849605, with α = 1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import types
from numpy.typing import ArrayLike, NDArray

from . import counter_random
from .columns import group_offsets, inner_share, key_column, real_column, whole_number
from .jit import FLOATS_IN, FLOATS_OUT, elementary, kernel, version_of
from .threads import each_chunk

Floats = NDArray[np.float64]
Wholes = NDArray[np.int64]

LEVEL = 0.001
PERMUTATIONS = 9999
SHORTEST = 3  # points of a segment: a single one far from all others is no level
LARGEST = 1e290
TIE = 1e-9  # of the mean distance: a permutation that differs by rounding alone is as good

_STATED = counter_random.word, counter_random.high_half, counter_random.below
_word, _high_half, _below = (elementary(function) for function in _STATED)


@dataclass(frozen=True, slots=True)
class ChangePoints:
    """Change points of g series: those of series s are ``offsets[s]:offsets[s + 1]``, in their order."""

    offsets: Wholes  # int64[g + 1]
    index: Wholes  # int64[c] the first point of the new level, counted from the start of its series
    p_value: Floats  # float64[c] of the permutation test, at most the level asked for


def change_points(
    offsets: ArrayLike,
    values: ArrayLike,
    *,
    level: float = LEVEL,
    permutations: int = PERMUTATIONS,
    shortest: int = SHORTEST,
    seed: int | ArrayLike = 0,
    threads: int = 1,
) -> ChangePoints:
    """The change points of many series, each found at the given ``level`` by permutations.

    Series s is ``values[offsets[s]:offsets[s + 1]]``, oldest first, float64[n] in any unit; timings go in as
    ln value, since distances count as they are. NaN and ±Inf are points that were not measured: they are
    passed over, but ``index`` counts them. A segment has at least ``shortest`` points. ``seed`` is one, or
    one for each series; a series gives the same alone and among others, and for any number of ``threads``.

    A series without a change gives one with probability ``level`` at most. At .001 permutations can tell a
    step apart from 7 points a side on, or from 3 after some 25 others. One outlier is no step; two among the
    last three points of 50 are taken for one in 20 of 100 series, until the next points tell.

    Raises TypeError for arrays that don't hold numbers, ValueError for shapes and for numbers that can't be
    meant, such as a level that so few permutations can't reach.
    """
    x = real_column("values", values)
    starts = group_offsets(offsets, x.size, members="points")
    series = starts.size - 1
    seeds = key_column("seed", [seed] * series if np.ndim(seed) == 0 else seed, series)
    permutations = whole_number("permutations", permutations, least=1)
    most = _most_as_good(inner_share("level", level), permutations)
    shortest = whole_number("shortest", shortest, least=2)
    places = np.flatnonzero(np.isfinite(x))
    known, bounds = x[places], np.searchsorted(places, starts)
    if (np.abs(known) > LARGEST).any():
        raise ValueError(f"values must lie within ±{LARGEST}: the sum of their distances overflows")
    p = np.full(places.size, np.nan)

    def find(s: int) -> None:
        a, b = bounds[s], bounds[s + 1]
        _fill_p_values(known[a:b], seeds[s], permutations, most, shortest, p[a:b])

    each_chunk(find, series, threads)
    found = np.flatnonzero(p == p)
    ends = np.searchsorted(places[found], starts)
    return ChangePoints(ends, places[found] - np.repeat(starts[:-1], np.diff(ends)), p[found])


def _most_as_good(level: float, permutations: int) -> int:
    """How many permutations may be as good as what is found: p = (1 + as good)/(1 + all) ≤ ``level``."""
    most = math.floor(level * (permutations + 1) * (1.0 + 1e-12)) - 1
    if most < 0:
        needed = math.ceil(1.0 / level) - 1
        raise ValueError(f"permutations must be at least {needed} for level {level}, not {permutations}")
    return most


@elementary
def _fill_distances(x: Floats, out: Floats) -> None:
    """Fills the sum of the distances of each point to all others."""
    for i in range(x.size):
        out[i] = 0.0
        for j in range(x.size):
            out[i] += abs(x[i] - x[j])


@elementary
def _add_distances(x: Floats, a: float, b: float, c: float, d: float, out: Floats) -> None:
    for i in range(out.size):
        out[i] += (abs(x[i] - a) + abs(x[i] - b)) + (abs(x[i] - c) + abs(x[i] - d))


@elementary
def _fill_earlier(x: Floats, out: Floats) -> None:
    """Fills the sum of the distances of each point to those before it: for four points at a time."""
    n = x.size
    for i in range(n):
        out[i] = 0.0
    for k in range(0, n, 4):
        for j in range(k + 1, min(k + 4, n)):
            for i in range(k, j):
                out[j] += abs(x[j] - x[i])
        if k + 4 < n:
            _add_distances(x[k + 4 :], x[k], x[k + 1], x[k + 2], x[k + 3], out[k + 4 :])


@elementary
def _best_split(distances, earlier, total, shortest):  # type: ignore[no-untyped-def]
    """The largest Q > 0 of a segment, and where its second side starts; 0 and 0 where there is none.

    ``distances``: of each point to all others, summed; ``earlier``: to those before it; ``total``: of all.
    """
    n = distances.size
    best, at, before, across = 0.0, 0, 0.0, 0.0
    for i in range(n - shortest):  # point i changes sides
        before += earlier[i]
        across += distances[i] - 2.0 * earlier[i]
        a, b = i + 1, n - i - 1
        if a >= shortest:
            after = total - before - across
            q = 2.0 * (across - b * before / (a - 1) - a * after / (b - 1)) / n
            if q > best:
                best, at = q, a
    return best, at


@elementary
def _fill_shuffled(x, distances, key, out, out_distances):  # type: ignore[no-untyped-def]
    """Fills a permutation of the points and their distances, all as likely (Fisher and Yates)."""
    for i in range(x.size):  # into the order so far, at a random place
        j = _below(_high_half(_word(key, np.uint64(i))), np.uint64(i + 1))
        out[i], out_distances[i] = out[j], out_distances[j]
        out[j], out_distances[j] = x[i], distances[i]


@elementary
def _test(x, key, permutations, most, shortest):  # type: ignore[no-untyped-def]
    """Where ``x`` is split best and the p-value of that; 0 and 1 once more than ``most`` are as good."""
    n = x.size
    distances, order, along, earlier = np.empty(n), np.empty(n), np.empty(n), np.empty(n)
    _fill_distances(x, distances)
    total, as_good, at, enough = 0.0, 0, 0, 0.0
    for i in range(n):
        order[i], along[i] = x[i], distances[i]
        total += distances[i] / 2.0
    for r in range(permutations + 1):  # 0: as it is
        if r > 0:
            _fill_shuffled(x, distances, _word(key, np.uint64(r)), order, along)
        _fill_earlier(order, earlier)
        q, split = _best_split(along, earlier, total, shortest)
        if r == 0:
            at, enough = split, q - TIE * 2.0 * total / (n + 1)
        elif q >= enough:
            as_good += 1
        if as_good > most or at == 0:
            return 0, 1.0
    return at, (1.0 + as_good) / (1.0 + permutations)


def _compile(version: str) -> Any:
    """The kernel, renewed in Numba's cache whenever ``version`` is another."""

    @kernel((FLOATS_IN, types.uint64, *[types.int64] * 3, FLOATS_OUT))
    def fill_p_values(x, seed, permutations, most, shortest, out):  # type: ignore[no-untyped-def]
        """Fills the p-value at the first point of each new level, the leftmost segment first."""
        _ = version
        ends = np.empty(x.size + 1, np.int64)  # of the segments yet to be tested, the next one last
        ends[0], left, start = x.size, 1, 0
        while left > 0:
            end = ends[left - 1]
            key = _word(_word(seed, np.uint64(start)), np.uint64(end))
            at, p = _test(x[start:end], key, permutations, most, shortest)
            if at > 0:
                out[start + at], ends[left] = p, start + at
                left += 1
            else:
                start = end
                left -= 1

    return fill_p_values


_fill_p_values = _compile(version_of(*_STATED))
