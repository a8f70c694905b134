"""How sure a ranking is: components, configuration choice, score and rank made anew in each draw.

Each draw is one way the truth may lie, given what is known of every location (``location_draws.py``). In each
of them the candidates are normalised, scored and ranked by the rules of ``formulae.py``, as the printed
ranking is by the locations themselves. NumPy only: 64 hardware take milliseconds.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .columns import group_offsets, mark_table, real_column
from .draw_scores import draw_scores

Floats = NDArray[np.float64]
Wholes = NDArray[np.int64]

CLEAR, LIKELY = 0.95, 0.80  # least P(best) of rank 1 for the word
TIED = 0.05  # least P(best) within a tie group
LOW, HIGH = 0.05, 0.95  # the interval of ranks
LEAD_LOW, LEAD_HIGH = 0.025, 0.975  # the interval of the lead in score


@dataclass(frozen=True, slots=True)
class RankCertainty:
    """How often each of h hardware had which rank."""

    best: Floats  # float64[h], P(best): the share of draws at rank 1, split where several share it; sum 1
    expected: Floats  # float64[h], mean rank; those that share a rank have the mean of their places
    low: NDArray[np.int64]  # int64[h], the 5 % quantile of the rank
    high: NDArray[np.int64]  # int64[h], the 95 % quantile
    # float64[h], 2.5 % and 97.5 % quantiles of its score less the best of the others'; NaN without a rival
    lead_low: Floats
    lead_high: Floats


def rank_certainty(
    offsets: ArrayLike,
    draws: ArrayLike,
    weights: ArrayLike,
    *,
    factor: ArrayLike | None = None,
    capacity: ArrayLike | None = None,
    spending: ArrayLike | None = None,
    pessimistic: bool = False,
    allowed: ArrayLike | None = None,
    ranked: ArrayLike | None = None,
) -> RankCertainty:
    """P(best), expected rank and 5–95 % interval of the rank of each hardware, over the draws.

    ``draws``: ln of throughput (units/s), latency (s) and memory (bytes), float64[3, n, d] for n candidates
    in d draws. The candidates of hardware i are ``offsets[i]:offsets[i + 1]``, one at least. ``weights``: of
    the three criteria as used; one with weight 0 is not looked at, and may be NaN. ``factor``: float64[n],
    what multiplies a candidate's score (c(n), where suitability ranks). ``capacity``: float64[n] in bytes,
    where memory is compared as headroom. ``spending``: ln of the money and the energy that each spends a
    second, float64[2, n], or in each draw, float64[2, n, d]; a unit takes less of both as the throughput is
    larger in a draw. ``weights`` are then five: those of cost and energy follow.
    ``pessimistic``: a component that a candidate lacks is the
    lowest that another has in that draw. ``allowed``: bool[n, d], which candidates meet limits in which
    draws: the others still serve as references, and are no choice. ``ranked``: bool[h], the hardware that is
    ranked, all without it; the result is of those alone. A candidate without a score in a draw ranks last
    there.

    Raises TypeError for what are no numbers, ValueError for shapes, offsets or weights that can't be meant.
    """
    found = draw_scores(draws, weights, capacity=capacity, spending=spending, pessimistic=pessimistic)
    score = found.score
    starts = group_offsets(offsets, score.shape[0])
    if (np.diff(starts) == 0).any():
        raise ValueError("each hardware needs a candidate: offsets must rise at every step")
    if factor is not None:
        score = score * real_column("factor", factor, score.shape[0])[:, None]
    score = np.where(np.isnan(score), -np.inf, score)
    if allowed is not None:
        score = np.where(mark_table("allowed", allowed, score.shape), score, -np.inf)
    of_hardware = np.maximum.reduceat(score, starts[:-1]) if starts.size > 1 else score
    if ranked is not None:
        of_hardware = of_hardware[mark_table("ranked", ranked, of_hardware.shape[:1])]
    return standing(of_hardware)


def certainty_word(p_best: float) -> str:
    """``clear`` from P(best) .95 on, ``likely`` from .80 on, ``toss-up`` below."""
    if p_best >= CLEAR:
        return "clear"
    return "likely" if p_best >= LIKELY else "toss-up"


def tie_group(p_best: ArrayLike) -> NDArray[np.bool_]:
    """Those between which a toss-up is open, bool[h]: P(best) ≥ .05."""
    found: NDArray[np.bool_] = real_column("p_best", p_best) >= TIED
    return found


def standing(score: Floats, tier: Wholes | None = None) -> RankCertainty:
    """How often each had which rank, from scores float64[h, d], −∞ = none: the larger, the better.

    ``tier``: int64[h, d], what goes before the score; a lead is one among the highest tier of a draw.
    """
    h, d = score.shape
    above, equal = np.empty((h, d), np.int64), np.empty((h, d), np.int64)
    for i, own in enumerate(score):
        more, same = score > own, score == own
        if tier is not None:
            as_high = tier == tier[i]
            more, same = (tier > tier[i]) | (as_high & more), as_high & same
        above[i], equal[i] = more.sum(axis=0), same.sum(axis=0)
    best = np.where(above == 0, 1.0 / np.maximum(equal, 1), 0.0).mean(axis=1)
    expected = (1.0 + above + (equal - 1) / 2.0).mean(axis=1)
    ranks = np.sort(above + 1, axis=1)
    low, high = (ranks[:, max(0, math.ceil(q * d) - 1)] for q in (LOW, HIGH))
    first = score if tier is None else np.where(tier == tier.max(axis=0, initial=0), score, -np.inf)
    leads = np.sort(_leads(first), axis=1)
    lead_low, lead_high = (leads[:, max(0, math.ceil(q * d) - 1)] for q in (LEAD_LOW, LEAD_HIGH))
    return RankCertainty(best, expected, low, high, lead_low, lead_high)


def _leads(score: Floats) -> Floats:
    """Each score less the best of the others', float64[h, d]; NaN without others, 0 between two of −∞."""
    if score.shape[0] < 2:
        return np.full_like(score, np.nan)
    second, first = np.partition(score, -2, axis=0)[-2:]
    alone_first = (score == first) & (second < first)
    with np.errstate(invalid="ignore"):
        leads = score - np.where(alone_first, second, first)
    return np.where(np.isnan(leads), 0.0, leads)
