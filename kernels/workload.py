"""Hardware for a mix of models, NumPy only: what several groups together say (scoring.md §5)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .columns import mark_table, real_column, real_table
from .formulae import complete, drop_criteria, normalise_weights, weighted_sum

Floats = NDArray[np.float64]
Wholes = NDArray[np.int64]

NONE = -1


@dataclass(frozen=True, slots=True)
class Workload:
    """What h hardware does over the g groups of a mix."""

    runnable: Wholes  # int64[h]: groups that run
    everywhere: NDArray[np.bool_]  # bool[g]: groups that all hardware runs that runs any
    means: Floats  # float64[3, h]: geometric means of T, L, M over those groups; NaN where dropped
    compatibility: Floats  # float64[h]: of the means
    rank: Wholes  # int64[h]: by groups runnable, then compatibility; equals share a rank (1, 1, 3)
    worst: Wholes  # int64[h]: the runnable group with the lowest compatibility; NONE = −1


def mix_workload(
    runs: ArrayLike,
    components: ArrayLike,
    compatibility: ArrayLike,
    weights: ArrayLike = (0.5, 0.3, 0.2),
    shares: ArrayLike | None = None,
) -> Workload:
    """Hardware ranked over a mix: by groups runnable, then by the score of its geometric means.

    ``runs`` is bool[g, h]; ``components`` float64[3, g, h] holds T, L, M of each hardware's recommended
    candidate, NaN = missing, and ``compatibility`` float64[g, h] its score within its group. ``shares``:
    float64[g], finite and > 0, how much of the work each group is, as exponents of the means; None: equal. A
    criterion that is missing somewhere in the groups runnable everywhere is dropped for all. Without such a
    group only the number of groups ranks.

    Raises TypeError, ValueError for kinds and shapes of arrays, components beyond 0 and 1, weights or shares,
    that can't be meant.
    """
    if np.ndim(runs) != 2:
        raise ValueError(f"runs must be of shape (groups, hardware), not of shape {np.shape(runs)}")
    does_run = mark_table("runs", runs, np.shape(runs))
    parts = real_table("components", components, (3, *does_run.shape))
    if ((parts < 0.0) | (parts > 1.0)).any():
        raise ValueError("components must lie between 0 and 1, or be NaN")
    of_group = real_table("compatibility", compatibility, does_run.shape)
    of_work = _shares(shares, does_run.shape[0])
    runnable = np.count_nonzero(does_run, axis=0)
    known = runnable > 0
    everywhere = does_run[:, known].all(axis=1) & known.any()
    means = _geometric_means(np.where(known, parts[:, everywhere], np.nan), of_work[everywhere])
    used = tuple(complete(mean[known]) for mean in means)
    left = drop_criteria(normalise_weights(weights), (used[0], used[1], used[2]))
    score = weighted_sum(*means, *left.tolist())
    worst = np.where(does_run & np.isfinite(of_group), of_group, np.inf)
    return Workload(runnable, everywhere, means, score, _ranks(runnable, score), _first_smallest(worst))


def _shares(shares: ArrayLike | None, groups: int) -> Floats:
    """``shares`` as float64[groups]; all 1 for None. Raises TypeError, ValueError."""
    if shares is None:
        return np.ones(groups)
    found = real_column("shares", shares, groups)
    if not ((found > 0.0) & (found < np.inf)).all():
        raise ValueError("shares must be finite and positive")
    return found


def _geometric_means(parts: Floats, shares: Floats) -> Floats:
    """Of float64[3, groups, h] over the groups, float64[3, h]; NaN without any; 0 where one is 0."""
    if parts.shape[1] == 0:
        return np.full((3, parts.shape[2]), np.nan)
    exponents = shares / shares.max()
    exponents /= exponents.sum()
    with np.errstate(divide="ignore"):
        logs: Floats = np.log(parts) * exponents[:, None]
    return np.asarray(np.exp(np.minimum(logs.sum(axis=1), 0.0)))  # a mean of 1s is 1, whatever rounding makes


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
