"""How sure an answer is: what becomes of its ranking where the truth lies elsewhere within what is known.

``draws.py`` says where it may lie; ``kernels/rank_draws.py`` computes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, replace
from itertools import groupby
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from ...kernels.rank_draws import RankCertainty, certainty_word, rank_certainty, tie_group
from ..answers import Estimate, Noises, Question, Recommendation, Weights
from ..workloads import MixRow
from .criteria import Criteria
from .draws import draws_of, spending_of
from .limits import allowed_in
from .ranking import Ranked
from .scored import Scored

Floats = NDArray[np.float64]
Row = TypeVar("Row", Recommendation, MixRow)


@dataclass(frozen=True, slots=True)
class Basis:
    """What a ranking was made of."""

    candidates: Sequence[Scored]  # all that is compared, in the order of their hardware
    ranked: Sequence[Ranked]  # the hardware that has a candidate within the limits
    criteria: Criteria
    weights: Weights  # as used
    rank_by: str
    noise: Noises
    limits: Question | None = None  # the question, where it has limits


@dataclass(frozen=True, slots=True)
class Certainty:
    """How sure a ranking is. Hardware by name, in the order of ``standing``'s arrays."""

    word: str | None  # that rank 1 is best; None without a rival
    tied: tuple[str, ...]  # where it is a toss-up, by rank
    capped: bool  # "clear" but for what lies between machines that ran one process
    hardware: tuple[str, ...]
    standing: RankCertainty


def certainty(basis: Basis) -> Certainty:
    """How sure a ranking is.

    All candidates set references in each draw. With limits a candidate is a choice in the draws in which it
    meets them, and hardware that is not ranked is no rival.
    """
    compared = [c.estimate for c in basis.candidates]
    names, offsets = blocks(compared)
    draws = draws_of(compared, basis.criteria, basis.noise, every=basis.limits is not None)
    left = {r.best.estimate.hardware for r in basis.ranked}
    by_suitability = basis.rank_by == "suitability"
    standing = rank_certainty(
        offsets,
        draws[:3],
        astuple(basis.weights),
        factor=np.array([c.confidence for c in basis.candidates]) if by_suitability else None,
        capacity=basis.criteria.capacity if basis.criteria.memory_mode == "headroom" else None,
        spending=spending_of(basis.criteria, draws),
        pessimistic=basis.criteria.pessimistic,
        allowed=allowed_in(draws[:3], basis.limits) if basis.limits else None,
        ranked=np.array([name in left for name in names]),
    )
    best = [r.best.estimate for r in basis.ranked]
    doubtful = any(hardly_comparable(best[0], e) for e in best[1:])
    by_rank = [e.hardware for e in best]
    return judged([name for name in names if name in left], standing, by_rank, doubtful=doubtful)


def blocks(compared: Iterable[Estimate]) -> tuple[list[str], NDArray[np.int64]]:
    """The hardware of candidates in its order, and where the candidates of each begin, int64[h + 1]."""
    found = [(name, len(list(members))) for name, members in groupby(e.hardware for e in compared)]
    return [name for name, _ in found], np.cumsum([0, *(size for _, size in found)])


def with_certainty(rows: Iterable[Row], found: Certainty) -> tuple[Row, ...]:
    """The rows with what is known of their ranks; as they are where there is no rival."""
    if found.word is None:
        return tuple(rows)
    s = found.standing
    columns = [x.tolist() for x in (s.best, s.expected, s.low, s.high, s.lead_low, s.lead_high)]
    names = ("p_best", "expected_rank", "rank_low", "rank_high", "lead_low", "lead_high")
    known: dict[str, dict[str, Any]] = {
        # no lead where a limit leaves one of two sides without a score
        name: {key: value if abs(value) < np.inf else None for key, value in zip(names, values, strict=True)}
        for name, *values in zip(found.hardware, *columns, strict=True)
    }
    return tuple(replace(row, **known[row.hardware]) for row in rows)


def judged(
    names: Sequence[str], standing: RankCertainty, by_rank: Sequence[str], *, doubtful: bool
) -> Certainty:
    """The word for the first of ``by_rank``; ``names`` are in the order of ``standing``.

    ``doubtful``: whether it is hardly comparable with one of the others, and so never clearly the best.
    """
    hardware = tuple(names)
    if len(hardware) < 2:
        return Certainty(None, (), False, hardware, standing)
    word = certainty_word(dict(zip(hardware, standing.best.tolist(), strict=True))[by_rank[0]])
    capped = word == "clear" and doubtful
    group = dict(zip(hardware, tie_group(standing.best).tolist(), strict=True))
    group[by_rank[0]] = True
    tied = tuple(name for name in by_rank if group[name]) if word == "toss-up" else ()
    return Certainty("likely" if capped else word, tied, capped, hardware, standing)


def hardly_comparable(a: Estimate, b: Estimate) -> bool:
    """Whether the two ran on different hosts, one of them one process alone."""
    return min(a.n, b.n) < 2 and (a.host is None or a.host != b.host)
