"""The k best candidates of each of many groups.

In a small group a candidate's position is the number of those that go before it, which is counted without
a branch, several at a time. A large group is partitioned by NumPy, and only its best are sorted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .columns import group_offsets, real_column, whole_column, whole_number
from .jit import FLOATS_IN, WHOLES_IN, WHOLES_OUT, elementary, kernel

Floats = NDArray[np.float64]
Wholes = NDArray[np.int64]

COUNTED = 512  # the largest group whose positions are counted: from here on sorting is faster


@dataclass(frozen=True, slots=True)
class TopK:
    """The best candidates of g groups, group after group."""

    offsets: Wholes  # int64[g + 1]: those of group g are chosen[offsets[g]:offsets[g + 1]]
    chosen: Wholes  # indices of candidates, best first
    tied: Wholes  # int64[g]: how many were left out that share the rank of the last one chosen


def group_top_k(offsets: ArrayLike, score: ArrayLike, k: int, *, place: ArrayLike | None = None) -> TopK:
    """The ``k`` candidates with the largest score of each group, exactly k where as many have a score.

    Candidates lie group after group: those of group g are ``offsets[g]:offsets[g + 1]``; ``score`` is [n].
    NaN is never chosen. Of equal scores the smaller ``place`` goes first, int64[n] ≥ 0 (such as their
    order by runs and name); without it the one that lies first. ``tied`` counts what that cuts apart.

    Raises TypeError for arrays that don't hold numbers and a k that is not whole, ValueError for other shapes
    and for k < 1.
    """
    scores = real_column("score", score)
    places = np.empty(0, np.int64) if place is None else whole_column("place", place, scores.size)
    starts = group_offsets(offsets, scores.size)
    most = min(whole_number("k", k, least=1), scores.size)
    known = np.empty(starts.size - 1, dtype=np.int64)
    _count_known(starts, scores, known)
    sizes = np.minimum(known, most)
    ends = np.concatenate([[0], np.cumsum(sizes)])
    found = TopK(ends, np.empty(ends[-1], dtype=np.int64), np.zeros(sizes.size, dtype=np.int64))
    _fill_top(starts, scores, places, ends, found.chosen, found.tied)
    for g in np.flatnonzero((np.diff(starts) > COUNTED) & (sizes > 0)):
        group, top = slice(starts[g], starts[g + 1]), slice(ends[g], ends[g + 1])
        best, found.tied[g] = _top_by_sorting(scores[group], places[group], int(sizes[g]))
        found.chosen[top] = best + starts[g]
    return found


def _top_by_sorting(score: Floats, place: Wholes, k: int) -> tuple[Wholes, int]:
    """The indices of the k best of one group, and how many equals of the last are left out."""
    last = np.partition(-score, k - 1)[k - 1]
    candidates = np.flatnonzero(-score <= last)
    keys = (place[candidates],) if place.size else ()
    order = np.lexsort((*keys, -score[candidates]))
    return candidates[order[:k]], candidates.size - k


@elementary
def _equals_before(score: Any, place: Any, i: int) -> int:
    """How many candidates of equal score go before candidate ``i``."""
    before = 0
    for j in range(score.size):
        if score[j] == score[i]:
            if place.size > 0 and place[j] != place[i]:
                before += place[j] < place[i]
            else:
                before += j < i
    return before


@kernel((WHOLES_IN, FLOATS_IN, WHOLES_OUT))
def _count_known(offsets: Any, score: Any, known: Any) -> None:
    """Fills how many candidates of each group have a score."""
    for g in range(offsets.size - 1):
        count = 0
        for x in score[offsets[g] : offsets[g + 1]]:
            count += x == x
        known[g] = count


@kernel((WHOLES_IN, FLOATS_IN, WHOLES_IN, WHOLES_IN, WHOLES_OUT, WHOLES_OUT))
def _fill_top(offsets: Any, score: Any, place: Any, ends: Any, chosen: Any, tied: Any) -> None:
    """Fills the chosen of groups of at most COUNTED candidates, and how many equals of the last are left."""
    for g in range(offsets.size - 1):
        a, b, first, k = offsets[g], offsets[g + 1], ends[g], ends[g + 1] - ends[g]
        if b - a > COUNTED:
            continue
        group, places, left = score[a:b], place[a:b], 0
        for i in range(group.size):
            x, larger, equal = group[i], 0, 0
            for j in range(group.size):
                larger += group[j] > x
                equal += group[j] == x
            if larger >= k or equal == 0:
                continue
            position = larger + (_equals_before(group, places, i) if equal > 1 else 0)
            if position < k:
                chosen[first + position] = a + i
            else:
                left += 1
        tied[g] = left
