"""Which candidates no other beats in everything: the Pareto front of a comparison (scoring.md §8)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ...kernels import dominance
from ..answers import Recommendation
from .criteria import Criteria
from .scored import Scored

Floats = NDArray[np.float64]
Marks = NDArray[np.bool_]
ON, NEAR = "front", "≈ front"


def front(criteria: Criteria, eligible: Marks) -> list[str | None]:
    """``front``, ``≈ front`` or None for each candidate; None where it is not ``eligible``, bool[n].

    Over the criteria as they are scored: across scopes memory is the used share of each device, and a gap
    that counts as the lowest component stands with the worst value.
    """
    values = (
        np.where(eligible, criteria.throughput, np.nan),
        np.where(eligible, _filled(criteria.latency, criteria), np.nan),
        np.where(eligible, _memory(criteria), np.nan),
    )
    spent = [
        np.where(eligible, _filled(x, criteria), np.nan)
        for x in (criteria.cost, criteria.energy)
        if x is not None
    ]
    best = dominance.front(*values, *spent)
    near = dominance.near_front(*values, best, dominance.NEAR, *spent)
    return [ON if b else NEAR if n else None for b, n in zip(best.tolist(), near.tolist(), strict=True)]


def with_front(
    rows: Iterable[Recommendation], candidates: Sequence[Scored], criteria: Criteria, eligible: Marks
) -> tuple[Recommendation, ...]:
    """The rows with where their configurations stand; ``candidates`` are in the order of ``criteria``."""
    marks = front(criteria, eligible)
    found = {
        (c.estimate.hardware, c.estimate.configuration): mark
        for c, mark in zip(candidates, marks, strict=True)
    }
    return tuple(replace(row, front=found[row.hardware, row.configuration]) for row in rows)


def _memory(criteria: Criteria) -> Floats:
    if criteria.memory_mode == "headroom":  # nothing free is nothing free, however much is wanted
        return _filled(np.minimum(criteria.memory / criteria.capacity, 1.0), criteria)
    return _filled(criteria.memory, criteria)


def _filled(values: Floats, criteria: Criteria) -> Floats:
    """Values of which smaller is better, with the largest in every gap where gaps count as the worst."""
    if not criteria.pessimistic:
        return values
    return np.where(np.isnan(values), np.fmax.reduce(values, initial=np.nan), values)
