"""Competition ranks inside many groups at once: ``formulae.competition_ranks``, group by group.

In a small group counting the larger scores beats any sort: n² comparisons of one column in cache, four or
eight at a time. A large group is sorted, by NumPy's vectorised sort.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .columns import group_offsets, real_column
from .jit import FLOATS_IN, WHOLES_IN, WHOLES_OUT, kernel

COUNTED = 512  # the largest group whose larger scores are counted: from here on sorting is faster


def group_ranks(offsets: ArrayLike, score: ArrayLike) -> NDArray[np.int64]:
    """Ranks from 1 within each group, int64[n], largest score first; equal scores share one (1, 1, 3).

    Candidates lie group after group: those of group g are ``offsets[g]:offsets[g + 1]``; ``score`` is [n].
    NaN comes last: all of a group's share the rank after its worst score. Infinite scores are numbers
    like others.

    Raises TypeError for arrays that don't hold numbers, ValueError for offsets that don't fit.
    """
    scores = real_column("score", score)
    starts = group_offsets(offsets, scores.size)
    ranks = np.empty(scores.size, dtype=np.int64)
    _fill_ranks(starts, scores, ranks)
    for g in np.flatnonzero(np.diff(starts) > COUNTED):
        group = slice(starts[g], starts[g + 1])
        ranks[group] = _ranks_by_sorting(scores[group])
    return ranks


def _ranks_by_sorting(score: NDArray[np.float64]) -> NDArray[np.int64]:
    """As ``formulae.competition_ranks``, without its search for each score: many of those miss the cache."""
    order = np.argsort(-score)
    ascending = -score[order]
    first = np.concatenate([[True], ascending[1:] != ascending[:-1]])
    place = np.flatnonzero(first)[np.cumsum(first) - 1]  # of the first of equals
    ranks = np.empty(score.size, dtype=np.int64)
    ranks[order] = np.minimum(place, np.count_nonzero(score == score)) + 1  # no NaN equals another
    return ranks


@kernel((WHOLES_IN, FLOATS_IN, WHOLES_OUT))
def _fill_ranks(offsets: Any, score: Any, ranks: Any) -> None:
    """Fills the ranks of groups of at most COUNTED candidates."""
    for g in range(offsets.size - 1):
        group, out = score[offsets[g] : offsets[g + 1]], ranks[offsets[g] : offsets[g + 1]]
        if group.size > COUNTED:
            continue
        known = 0
        for j in range(group.size):
            known += group[j] == group[j]
        for i in range(group.size):
            x, larger = group[i], 0
            for j in range(group.size):
                larger += group[j] > x
            out[i] = (larger if x == x else known) + 1
