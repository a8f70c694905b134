"""Many comparisons scored at once by the compiled kernels: the numbers of ``scored.scored``, bit for bit."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from ...kernels.scores import HEADROOM, RELATIVE, Scores, score_groups
from ..answers import Weights
from .comparison import Comparison
from .criteria import Criteria, criteria
from .scored import Floats, Scored, known


def criteria_of(comparison: Comparison) -> Criteria:
    """The criteria that a comparison's candidates are scored by."""
    return criteria(comparison.compared, common=comparison.freed is None)


def score_many(
    comparisons: Sequence[Comparison], criteria: Sequence[Criteria], weights: Weights
) -> list[list[Scored]]:
    """The candidates of each comparison with their scores, each comparison within itself."""
    if not comparisons:
        return []
    offsets = np.cumsum([0, *(len(c.compared) for c in comparisons)])
    scores = score_groups(
        offsets,
        _joined([c.throughput for c in criteria]),
        _joined([c.latency for c in criteria]),
        _joined([c.memory for c in criteria]),
        _joined([c.n for c in criteria]).astype(np.int64),
        (weights.throughput, weights.latency, weights.memory),
        memory_mode=np.array([HEADROOM if c.memory_mode == "headroom" else RELATIVE for c in criteria]),
        capacity=_joined([c.capacity for c in criteria]),
    )
    candidates = _candidates(comparisons, scores)
    return [candidates[a:b] for a, b in pairwise(offsets.tolist())]


def _candidates(comparisons: Sequence[Comparison], scores: Scores) -> list[Scored]:
    estimates = (e for c in comparisons for e in c.compared)
    columns = (
        scores.throughput,
        scores.latency,
        scores.memory,
        scores.compatibility,
        scores.confidence,
        scores.suitability,
    )
    return [
        Scored(e, known(t), known(latency), known(m), *rest)
        for e, t, latency, m, *rest in zip(estimates, *(column.tolist() for column in columns), strict=True)
    ]


def _joined(columns: Sequence[Floats]) -> Floats:
    return np.concatenate(columns)
