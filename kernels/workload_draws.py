"""How sure a ranking over a mix of models is: the rules of ``workload.py`` in each draw. NumPy only.

In each draw each group's hardware chooses its configuration by the group's own score; from there the mix is
one ranking: what runs, means, score and rank.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .columns import group_offsets, mark_table, real_column
from .draw_scores import draw_scores
from .formulae import measured
from .rank_draws import RankCertainty, standing
from .workload import component_table, confidence_table, mix_scores, share_column, spending_tables

Floats = NDArray[np.float64]
Marks = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The candidates that h hardware of one group chooses in d draws."""

    runs: Marks  # bool[h, d]: whether a candidate is allowed
    components: Floats  # float64[3, h, d]: T, L, M; NaN where they have no weight in the group
    spent: Floats  # float64[2, h, d]: what a unit takes of money and of energy; NaN likewise
    least: Floats  # float64[2, d]: of all candidates
    confidence: Floats  # float64[h, d]: c(n); NaN where not given


def chosen_in_draws(
    offsets: ArrayLike,
    draws: ArrayLike,
    weights: ArrayLike,
    *,
    capacity: ArrayLike | None = None,
    spending: ArrayLike | None = None,
    pessimistic: bool = False,
    allowed: ArrayLike | None = None,
    confidence: ArrayLike | None = None,
    by_suitability: bool = False,
) -> Chosen:
    """What each hardware of a group recommends in each draw: of the allowed candidates the best, or first.

    ``confidence``: float64[n], c(n); ``by_suitability``: the best by score · c(n). The other arguments are
    those of ``rank_certainty``; ``pessimistic``: what a candidate lacks of money or energy is the most that
    another takes, too. Raises as that does.
    """
    found = draw_scores(draws, weights, capacity=capacity, spending=spending, pessimistic=pessimistic)
    n, d = found.score.shape
    sure = np.full(n, np.nan) if confidence is None else real_column("confidence", confidence, n)
    value = found.score * sure[:, None] if by_suitability else found.score
    starts = group_offsets(offsets, n)
    if (np.diff(starts) == 0).any():
        raise ValueError("each hardware needs a candidate: offsets must rise at every step")
    may = np.ones((n, d), bool) if allowed is None else mark_table("allowed", allowed, (n, d))
    score = np.where(may & ~np.isnan(value), value, -np.inf)
    blocks = list(zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True))
    best = np.array([a + score[a:b].argmax(axis=0) for a, b in blocks], np.int64).reshape(-1, d)
    draw = np.arange(d)
    spent = _most_where_missing(found.spent) if pessimistic else found.spent
    return Chosen(
        runs=np.array([may[a:b].any(axis=0) for a, b in blocks], bool).reshape(-1, d),
        components=np.array([x[best, draw] for x in found.components]),
        spent=spent[:, best, draw],
        least=np.fmin.reduce(measured(found.spent), axis=1, initial=np.nan),
        confidence=sure[best],
    )


def _most_where_missing(spent: Floats) -> Floats:
    """``spent``, float64[2, n, …], with the most that a candidate takes where another's is not known."""
    known = measured(spent)
    return np.where(np.isnan(known), np.fmax.reduce(known, axis=1, initial=np.nan)[:, None], known)


def mix_certainty(
    runs: ArrayLike,
    components: ArrayLike,
    weights: ArrayLike,
    shares: ArrayLike | None = None,
    *,
    spent: ArrayLike | None = None,
    least: ArrayLike | None = None,
    confidence: ArrayLike | None = None,
) -> RankCertainty:
    """P(best), expected rank and 5–95 % interval of the rank of each hardware over a mix.

    ``runs``: bool[g, h, d], ``components``: float64[3, g, h, d], ``spent``: float64[2, g, h, d], ``least``:
    float64[2, g, d]; they and the others are those of ``mix_workload`` in d ≥ 1 draws. ``confidence``:
    float64[g, h, d], c(n), where suitability ranks. A lead in score is one over hardware that runs as many
    groups. Raises as ``mix_workload`` does.
    """
    if np.ndim(runs) != 3 or np.shape(runs)[2] == 0:
        raise ValueError(f"runs must be of shape (groups, hardware, draws), not of shape {np.shape(runs)}")
    does_run = mark_table("runs", runs, np.shape(runs))
    parts = component_table(components, does_run.shape)
    of_work = share_column(shares, does_run.shape[0])
    taken, cheapest = spending_tables(spent, least, does_run.shape)
    sure = confidence_table(confidence, does_run.shape)
    score = np.full(does_run.shape[1:], np.nan)
    for pattern, draws in _patterns(does_run):
        scores = mix_scores(
            pattern,
            parts[..., draws],
            taken[..., draws],
            cheapest[..., draws],
            weights,
            of_work,
            sure[..., draws],
        )
        score[:, draws] = scores.score if confidence is None else scores.score * scores.confidence
    return standing(np.where(np.isnan(score), -np.inf, score), np.count_nonzero(does_run, axis=0))


def _patterns(runs: Marks) -> list[tuple[Marks, NDArray[np.int64] | slice]]:
    """What runs, bool[g, h], with the draws in which just that runs: mostly one for all."""
    first = runs[..., 0]
    if (runs == first[..., None]).all():
        return [(first, slice(None))]
    groups, hardware, d = runs.shape
    distinct, of_draw = np.unique(runs.reshape(-1, d), axis=1, return_inverse=True)
    return [
        (distinct[:, i].reshape(groups, hardware), np.flatnonzero(of_draw.reshape(-1) == i))
        for i in range(distinct.shape[1])
    ]
