"""How the whole suite changed: the geometric mean of head / base over its benchmarks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...kernels.pairs import compare_pairs
from .judgement import Change


def suite_change(pairs: Sequence[Sequence[float]]) -> Change | None:
    """The mean of d over the benchmarks of one pair, its median over the pairs, and that one's interval.

    ``pairs``: d = ln(head / base) of each benchmark in the pairs that all of them ran, [benchmarks][pairs].
    Pairs that no benchmark has are left out, and then benchmarks that lack a pair, so that each pair is of
    the same suite; None where that leaves nothing.
    """
    rows = np.array(pairs, np.float64, ndmin=2)
    rows = rows[:, np.isfinite(rows).any(axis=0)]
    rows = rows[np.isfinite(rows).all(axis=1)]
    if rows.size == 0:
        return None
    means = rows.mean(axis=0)
    found = compare_pairs([0, means.size], means, 0.0)
    low, high = found.low.item(), found.high.item()
    known = low == low
    return Change(found.estimate.item(), low if known else None, high if known else None, len(rows))
