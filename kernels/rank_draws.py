"""How sure a ranking is: components, configuration choice, score and rank made anew in each draw.

Each draw is one way the truth may lie, given what is known of every location (``location_draws.py``). In each
of them the candidates are normalised, scored and ranked by the rules of ``formulae.py``, as the printed
ranking is by the locations themselves. NumPy only: 64 hardware take milliseconds.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import formulae
from .columns import group_offsets, mark_table, real_column
from .costs import cost_component, energy_component
from .profiles import split_weights

Floats = NDArray[np.float64]

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
    second, float64[2, n]; a unit takes less of both as the throughput is larger in a draw. ``weights`` are
    then five: those of cost and energy follow. ``pessimistic``: a component that a candidate lacks is the
    lowest that another has in that draw. ``allowed``: bool[n, d], which candidates meet limits in which
    draws: the others still serve as references, and are no choice. ``ranked``: bool[h], the hardware that is
    ranked, all without it; the result is of those alone. A candidate without a score in a draw ranks last
    there.

    Raises TypeError for what are no numbers, ValueError for shapes, offsets or weights that can't be meant.
    """
    y = _draws(draws)
    starts = group_offsets(offsets, y.shape[1])
    if (np.diff(starts) == 0).any():
        raise ValueError("each hardware needs a candidate: offsets must rise at every step")
    given, blend = split_weights(weights)
    spent = None if spending is None else _spending(spending, y)
    if spent is None and blend[0] != 1.0:
        raise ValueError("weights of cost and energy need spending")
    room = None if capacity is None else real_column("capacity", capacity, y.shape[1])[:, None]
    score = _scores(y, tuple(given.tolist()), room, pessimistic)
    if spent is not None:
        score = _blended(score, spent, blend, pessimistic)
    if factor is not None:
        score = score * real_column("factor", factor, y.shape[1])[:, None]
    score = np.where(np.isnan(score), -np.inf, score)
    if allowed is not None:
        score = np.where(mark_table("allowed", allowed, score.shape), score, -np.inf)
    of_hardware = np.maximum.reduceat(score, starts[:-1]) if starts.size > 1 else score
    if ranked is not None:
        of_hardware = of_hardware[mark_table("ranked", ranked, of_hardware.shape[:1])]
    return _certainty(of_hardware)


def certainty_word(p_best: float) -> str:
    """``clear`` from P(best) .95 on, ``likely`` from .80 on, ``toss-up`` below."""
    if p_best >= CLEAR:
        return "clear"
    return "likely" if p_best >= LIKELY else "toss-up"


def tie_group(p_best: ArrayLike) -> NDArray[np.bool_]:
    """Those between which a toss-up is open, bool[h]: P(best) ≥ .05."""
    found: NDArray[np.bool_] = real_column("p_best", p_best) >= TIED
    return found


def _draws(draws: Any) -> Floats:
    array = draws if isinstance(draws, np.ma.MaskedArray) else np.asarray(draws)
    if array.ndim != 3 or array.shape[0] != 3 or array.shape[2] == 0:
        raise ValueError(f"draws must be of shape (3, n, d) with at least one draw, not {array.shape}")
    return real_column("draws", array.ravel()).reshape(array.shape)


def _scores(y: Floats, weights: tuple[float, ...], capacity: Floats | None, pessimistic: bool) -> Floats:
    """Compatibility, float64[n, d]; a criterion without weight is not computed."""
    components: list[Any] = [np.nan, np.nan, np.nan]
    with np.errstate(over="ignore"):  # what overflows is not finite, and so not measured
        if weights[0]:
            components[0] = formulae.throughput_component(np.exp(y[0]))
        if weights[1]:
            components[1] = formulae.latency_component(np.exp(y[1]))
        if weights[2]:
            m = np.exp(y[2])
            components[2] = (
                formulae.memory_relative(m) if capacity is None else formulae.memory_headroom(m, capacity)
            )
    if pessimistic:
        components = [formulae.pessimistic(c) if w else c for c, w in zip(components, weights, strict=True)]
    score: Floats = formulae.weighted_sum(*components, *weights)
    return score


def _spending(spending: Any, y: Floats) -> Floats:
    """ln of what a unit takes of money and of energy, float64[2, n, d]."""
    array = spending if isinstance(spending, np.ma.MaskedArray) else np.asarray(spending)
    if array.shape != (2, y.shape[1]):
        raise ValueError(f"spending must be of shape (2, {y.shape[1]}), not {array.shape}")
    per_second = real_column("spending", array.ravel()).reshape(array.shape)
    per_unit: Floats = per_second[:, :, None] - y[0]
    return per_unit


def _blended(compatibility: Floats, spent: Floats, blend: Floats, pessimistic: bool) -> Floats:
    """The score with cost and energy, float64[n, d]; one without weight is not computed."""
    components = [compatibility, *np.full_like(spent, np.nan)]
    with np.errstate(over="ignore"):
        for i, component in ((1, cost_component), (2, energy_component)):
            if blend[i]:
                known = component(np.exp(spent[i - 1]))
                components[i] = formulae.pessimistic(known) if pessimistic else known
    score: Floats = formulae.weighted_sum(*components, *blend.tolist())
    return score


def _certainty(score: Floats) -> RankCertainty:
    """From float64[h, d], −∞ = none: the larger the score, the better the rank."""
    h, d = score.shape
    above = np.array([(score > own).sum(axis=0) for own in score], dtype=np.int64).reshape(h, d)
    equal = np.array([(score == own).sum(axis=0) for own in score], dtype=np.int64).reshape(h, d)
    best = np.where(above == 0, 1.0 / np.maximum(equal, 1), 0.0).mean(axis=1)
    expected = (1.0 + above + (equal - 1) / 2.0).mean(axis=1)
    ranks = np.sort(above + 1, axis=1)
    low, high = (ranks[:, max(0, math.ceil(q * d) - 1)] for q in (LOW, HIGH))
    leads = np.sort(_leads(score), axis=1)
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
