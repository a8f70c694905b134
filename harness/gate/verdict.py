"""The rule: what an interval of a change says about δ, and how large a change of a benchmark has to be."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from ...kernels.pairs import PairComparisons, compare_pairs
from ...kernels.threshold import Threshold, gate_threshold
from .history import History
from .judgement import TIME, Verdict
from .options import Options

CHANGED = frozenset({Verdict.REGRESSION, Verdict.IMPROVEMENT})


def verdict_of(low: float, high: float, delta: float) -> Verdict:
    """What the interval [low, high] of a change, ln units and positive = worse, says about δ.

    NaN limits, of a change that can't be said, are INCONCLUSIVE: no comparison with NaN holds.
    """
    limit = math.log1p(delta)
    if low > limit:
        return Verdict.REGRESSION
    if high < -limit:
        return Verdict.IMPROVEMENT
    return Verdict.PASS if low <= high < limit else Verdict.INCONCLUSIVE


def judge_pairs(
    pairs: Sequence[Sequence[float]], deltas: Sequence[float]
) -> tuple[PairComparisons, list[Verdict]]:
    """What the pairs of each benchmark say, d = ln(head / base) or NaN = not measured, and each verdict."""
    offsets = np.cumsum([0, *map(len, pairs)])
    d = np.concatenate([np.empty(0), *(np.asarray(each, np.float64) for each in pairs)])
    found = compare_pairs(offsets, d, np.asarray(deltas, np.float64))
    limits = zip(found.low.tolist(), found.high.tolist(), deltas, strict=True)
    return found, [verdict_of(low, high, delta) for low, high, delta in limits]


def tolerance(
    history: History, benchmark: str, machine_class: str, device_kind: str, options: Options
) -> Threshold:
    """δ of a benchmark's time, by how it moved on this machine class where nothing was changed."""
    estimates = history.estimates(benchmark, TIME, machine_class)
    return gate_threshold(np.asarray(estimates, np.float64), options.least_change(device_kind))
