"""Each hardware's best candidate, and the ranks of hardware."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from ...kernels.formulae import competition_ranks
from .configurations import Key, order
from .scored import Scored


@dataclass(frozen=True, slots=True)
class Ranked:
    """A hardware's recommended candidate at its rank; ties share a rank (1, 1, 3)."""

    rank: int
    best: Scored


def ranking(candidates: Iterable[Scored], rank_by: str) -> list[Ranked]:
    """Hardware by (rank, -n, name, configuration), each with its best candidate."""
    chosen: dict[str, Scored] = {}
    for candidate in candidates:
        name = candidate.estimate.hardware
        if name not in chosen or preference(candidate, rank_by) < preference(chosen[name], rank_by):
            chosen[name] = candidate
    best = list(chosen.values())
    ranks = competition_ranks(np.array([b.score(rank_by) for b in best], dtype=np.float64)).tolist()
    rows = [Ranked(rank, b) for rank, b in zip(ranks, best, strict=True)]
    return sorted(rows, key=lambda r: (r.rank, preference(r.best, rank_by)[1:]))


def preference(candidate: Scored, rank_by: str) -> tuple[float, int, str, Key]:
    """The key that sorts candidates, best first: score, then more runs, then names."""
    e = candidate.estimate
    return (-candidate.score(rank_by), -e.n, e.hardware, order(e.configuration))


def moved(rows: Sequence[Ranked], others: Sequence[Ranked]) -> int:
    """How many hardware have another rank in ``others``."""
    there = {r.best.estimate.hardware: r.rank for r in others}
    return sum(r.rank != there[r.best.estimate.hardware] for r in rows)
