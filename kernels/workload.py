"""Hardware for a mix of models, NumPy only: what several groups together say (scoring.md §5)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .columns import mark_table, real_column, real_table
from .formulae import measured, weighted_sum
from .profiles import split_weights, used_weights

Floats = NDArray[np.float64]
Wholes = NDArray[np.int64]
Marks = NDArray[np.bool_]

NONE = -1


@dataclass(frozen=True, slots=True)
class Workload:
    """What h hardware does over the g groups of a mix."""

    runnable: Wholes  # int64[h]: groups that run
    everywhere: Marks  # bool[g]: groups that all hardware runs that runs any
    means: Floats  # float64[3, h]: geometric means of T, L, M over those groups; NaN where dropped
    spent: Floats  # float64[2, h]: money and energy of a unit of those groups, by share; NaN where not known
    spending: Floats  # float64[2, h]: C and E, what the cheapest of each group would take / spent
    weights: Floats  # float64[5], as used: 0 where dropped; all NaN where nothing is left
    compatibility: Floats  # float64[h]: of the means, C and E
    confidence: Floats  # float64[h]: geometric means of c(n) over those groups; NaN where not given
    suitability: Floats  # float64[h]: compatibility · confidence
    rank: Wholes  # int64[h]: by groups runnable, then score; equals share a rank (1, 1, 3)
    worst: Wholes  # int64[h]: the runnable group with the lowest compatibility; NONE = −1


@dataclass(frozen=True, slots=True)
class MixScores:
    """h hardware over the groups that all run, in d draws."""

    means: Floats  # float64[3, h, d]
    spent: Floats  # float64[2, h, d]
    spending: Floats  # float64[2, h, d]
    weights: Floats  # float64[5], as used
    score: Floats  # float64[h, d], compatibility; NaN = none
    confidence: Floats  # float64[h, d], geometric means of c(n); NaN where not given


def mix_workload(
    runs: ArrayLike,
    components: ArrayLike,
    compatibility: ArrayLike,
    weights: ArrayLike = (0.5, 0.3, 0.2),
    shares: ArrayLike | None = None,
    *,
    spent: ArrayLike | None = None,
    least: ArrayLike | None = None,
    confidence: ArrayLike | None = None,
    by_suitability: bool = False,
) -> Workload:
    """Hardware ranked over a mix: by groups runnable, then by the score of its geometric means.

    ``runs`` is bool[g, h]; ``components`` float64[3, g, h] holds T, L, M of each hardware's recommended
    candidate, NaN = missing, and ``compatibility`` float64[g, h] its score within its group. ``shares``:
    float64[g], finite and > 0, how much of the work each group is, as exponents of the means; None: equal.
    ``spent``: float64[2, g, h], what a unit of a group takes there of money and of energy, and ``least``:
    float64[2, g], what the cheapest candidate of the group takes. They add up by share: a unit of the mix
    takes Σ share·spent, and C and E are Σ share·least over that. A criterion that is missing somewhere in the
    groups runnable everywhere is dropped for all. Without such a group only the number of groups ranks.
    ``confidence``: float64[g, h], c(n) of each candidate, whose geometric mean times the score is the
    suitability; ``by_suitability``: that ranks in place of the score.

    Raises TypeError, ValueError for kinds and shapes of arrays, components beyond 0 and 1, weights or shares,
    that can't be meant.
    """
    if np.ndim(runs) != 2:
        raise ValueError(f"runs must be of shape (groups, hardware), not of shape {np.shape(runs)}")
    does_run = mark_table("runs", runs, np.shape(runs))
    parts = component_table(components, does_run.shape)
    of_group = real_table("compatibility", compatibility, does_run.shape)
    of_work = share_column(shares, does_run.shape[0])
    taken, cheapest = spending_tables(spent, least, does_run.shape)
    runnable = np.count_nonzero(does_run, axis=0)
    everywhere = run_everywhere(does_run)
    sure = confidence_table(confidence, does_run.shape)
    found = mix_scores(
        does_run, parts[..., None], taken[..., None], cheapest[..., None], weights, of_work, sure[..., None]
    )
    score, known = found.score[:, 0], found.confidence[:, 0]
    worst = np.where(does_run & np.isfinite(of_group), of_group, np.inf)
    return Workload(
        runnable=runnable,
        everywhere=everywhere,
        means=found.means[..., 0],
        spent=found.spent[..., 0],
        spending=found.spending[..., 0],
        weights=found.weights,
        compatibility=score,
        confidence=known,
        suitability=score * known,
        rank=_ranks(runnable, score * known if by_suitability else score),
        worst=_first_smallest(worst),
    )


def mix_scores(
    runs: Marks,
    components: Floats,
    spent: Floats,
    least: Floats,
    weights: ArrayLike,
    shares: Floats,
    confidence: Floats,
) -> MixScores:
    """The scores over the groups that all hardware runs that runs any, in d draws with the same ``runs``.

    The arrays are those of ``mix_workload`` with an axis of draws behind: float64[3, g, h, d], [2, g, h, d],
    [2, g, d] and [g, h, d]. A criterion counts where each hardware has it in each group, in some draw.
    """
    known, every = np.asarray(runs.any(axis=0)), run_everywhere(runs)
    means = _geometric_means(np.where(known[:, None], components[:, every], np.nan), shares[every])
    taken = _by_share(np.where(known[:, None], spent[:, every], np.nan), shares[every])
    cheapest = _by_share(least[:, every], shares[every])
    sure = _geometric_means(np.where(known[:, None], confidence[None, every], np.nan), shares[every])[0]
    spending = measured(cheapest)[:, None] / measured(taken)
    of_all = np.concatenate([means, spending])
    used = [bool(known.any() and not np.isnan(x[known]).all(axis=1).any()) for x in of_all]
    final = used_weights(weights, (used[0], used[1], used[2], used[3], used[4]))
    if np.isnan(final).any():
        return MixScores(means, taken, spending, final, np.full(means.shape[1:], np.nan), sure)
    three, blend = split_weights(final)
    score = weighted_sum(*means, *three.tolist())
    if blend[1:].any():
        score = weighted_sum(score, *spending, *blend.tolist())
    return MixScores(means, taken, spending, final, score, sure)


def run_everywhere(runs: Marks) -> Marks:
    """The groups that all hardware runs that runs any, bool[g]; ``runs`` is bool[g, h]."""
    known = runs.any(axis=0)
    return np.asarray(runs[:, known].all(axis=1) & known.any())


def component_table(components: ArrayLike, shape: tuple[int, ...]) -> Floats:
    """``components`` as float64[3, *shape]. Raises TypeError, ValueError."""
    parts = real_table("components", components, (3, *shape))
    if ((parts < 0.0) | (parts > 1.0)).any():
        raise ValueError("components must lie between 0 and 1, or be NaN")
    return parts


def confidence_table(confidence: ArrayLike | None, shape: tuple[int, ...]) -> Floats:
    """``confidence`` as float64[*shape]; all NaN for None. Raises TypeError, ValueError."""
    if confidence is None:
        return np.full(shape, np.nan)
    found = real_table("confidence", confidence, shape)
    if ((found < 0.0) | (found > 1.0)).any():
        raise ValueError("confidence must lie between 0 and 1, or be NaN")
    return found


def spending_tables(
    spent: ArrayLike | None, least: ArrayLike | None, shape: tuple[int, ...]
) -> tuple[Floats, Floats]:
    """``spent`` as float64[2, *shape] and ``least`` likewise without hardware, the second of the axes.

    All NaN where they are None. Raises TypeError, ValueError.
    """
    without = (2, shape[0], *shape[2:])
    return (
        np.full((2, *shape), np.nan) if spent is None else real_table("spent", spent, (2, *shape)),
        np.full(without, np.nan) if least is None else real_table("least", least, without),
    )


def share_column(shares: ArrayLike | None, groups: int) -> Floats:
    """``shares`` as float64[groups]; all 1 for None. Raises TypeError, ValueError."""
    if shares is None:
        return np.ones(groups)
    found = real_column("shares", shares, groups)
    if not ((found > 0.0) & (found < np.inf)).all():
        raise ValueError("shares must be finite and positive")
    return found


def _normalised(shares: Floats) -> Floats:
    """Shares that sum to 1; of one, exactly 1."""
    of_largest = shares / shares.max()
    return np.asarray(of_largest / of_largest.sum())


def _geometric_means(parts: Floats, shares: Floats) -> Floats:
    """Of float64[k, groups, h, d] over the groups, float64[k, h, d]; NaN without any; 0 where one is 0."""
    if parts.shape[1] < 2:  # of one it is that one, to the bit
        return parts[:, 0] if parts.shape[1] else np.full((parts.shape[0], *parts.shape[2:]), np.nan)
    with np.errstate(divide="ignore"):
        logs: Floats = np.log(parts) * _normalised(shares)[:, None, None]
    return np.asarray(np.exp(np.minimum(logs.sum(axis=1), 0.0)))  # a mean of 1s is 1, whatever rounding makes


def _by_share(values: Floats, shares: Floats) -> Floats:
    """The means of float64[k, groups, …] over the groups, weighted; NaN without any."""
    if values.shape[1] == 0:
        return np.full((values.shape[0], *values.shape[2:]), np.nan)
    each: Floats = np.tensordot(_normalised(shares), values, axes=(0, 1))
    return each


def _ranks(runnable: Wholes, score: Floats) -> Wholes:
    """1 + how many hardware run more groups, or as many with a larger score, int64[h]; NaN comes last."""
    value = np.where(np.isnan(score), -np.inf, score)
    as_many = runnable == runnable[:, None]
    before = (runnable > runnable[:, None]) | (as_many & (value > value[:, None]))
    return np.asarray(np.count_nonzero(before, axis=1) + 1)


def _first_smallest(table: Floats) -> Wholes:
    """The row of the smallest finite value of each column, int64[h]; NONE where there is none."""
    if table.shape[0] == 0:
        return np.full(table.shape[1], NONE)
    return np.where(np.isfinite(table).any(axis=0), table.argmin(axis=0), NONE)
