"""The best candidate of each hardware, after constraints: its recommended configuration (scoring.md §2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .columns import group_count, id_column, real_column, whole_column
from .jit import FLOATS_IN, IDS_IN, WHOLES_IN, WHOLES_OUT, elementary, kernel

Floats = NDArray[np.float64]
Wholes = NDArray[np.int64]

NONE = -1


@dataclass(frozen=True, slots=True)
class BestCandidates:
    """Indices of candidates by pair of group and hardware, int64[g]; NONE = −1 where there is none."""

    chosen: Wholes  # the largest score among those that meet the constraints
    closest: Wholes  # where nothing was chosen: the scored candidate that misses them least


def best_candidates(
    ids: ArrayLike,
    n_groups: int,
    score: ArrayLike,
    n: ArrayLike,
    *,
    place: ArrayLike | None = None,
    shortfall: ArrayLike | None = None,
) -> BestCandidates:
    """The candidate with the largest score of each hardware in each group of results.

    ``ids``, int[n] in 0 … ``n_groups`` − 1, numbers the pairs of group and hardware (``groups.group_ids``);
    candidates may lie in any order. ``score`` is float64[n] under the weights of a profile, NaN = no
    candidate. Of equal scores the one with more ok processes ``n`` goes first, then the one of smaller
    ``place`` (int64[n] ≥ 0, such as the order of its configuration), then the first in the arrays.
    ``shortfall`` is what ``constraints.shortfall`` gives: only candidates with at most 1 are chosen, and
    NaN is as far away as +Inf.

    Raises TypeError for arrays that don't hold numbers, ValueError for shapes or ids that don't fit.
    """
    scores = real_column("score", score)
    pairs, count = id_column("ids", ids, scores.size), group_count(n_groups)
    if pairs.size and not (pairs.min() >= 0 and pairs.max() < count):
        raise ValueError(f"ids must lie between 0 and n_groups - 1, {count - 1}")
    runs = whole_column("n", n, scores.size)
    places = np.empty(0, np.int64) if place is None else whole_column("place", place, scores.size)
    missed = np.empty(0) if shortfall is None else real_column("shortfall", shortfall, scores.size)
    missed = np.where(np.isnan(missed), np.inf, missed)
    found = BestCandidates(np.full(count, NONE, np.int64), np.full(count, NONE, np.int64))
    _fill_best(pairs, scores, runs, places, missed, found.chosen, found.closest)
    return found


@elementary
def _is_better(i: int, j: int, score: Floats, n: Wholes, place: Wholes) -> Any:
    """Whether candidate i goes before candidate j, which lies before it."""
    if score[i] != score[j]:
        return score[i] > score[j]
    if n[i] != n[j]:
        return n[i] > n[j]
    return place.size > 0 and place[i] < place[j]


@kernel((IDS_IN, FLOATS_IN, WHOLES_IN, WHOLES_IN, FLOATS_IN, WHOLES_OUT, WHOLES_OUT))
def _fill_best(pair: Any, score: Any, n: Any, place: Any, shortfall: Any, chosen: Any, closest: Any) -> None:
    """Fills the best candidate of each pair, and the closest miss of those without."""
    for i in range(pair.size):
        p = pair[i]
        if score[i] != score[i]:
            continue
        if shortfall.size == 0 or shortfall[i] <= 1.0:
            if chosen[p] == NONE or _is_better(i, chosen[p], score, n, place):
                chosen[p], closest[p] = i, NONE
        elif chosen[p] == NONE:
            j = closest[p]
            if (
                j == NONE
                or shortfall[i] < shortfall[j]
                or (shortfall[i] == shortfall[j] and _is_better(i, j, score, n, place))
            ):
                closest[p] = i
