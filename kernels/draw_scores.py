"""Candidates normalised and scored anew in each draw of where their locations may lie. NumPy only.

The rules are those of ``formulae.py``, as the printed scores are made of the locations themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import formulae
from .columns import real_column, unless_masked
from .costs import cost_component, energy_component
from .profiles import split_weights

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class DrawScores:
    """Of n candidates in d draws. What has no weight is not computed, and NaN."""

    components: tuple[Floats, Floats, Floats]  # T, L, M, float64[n, d] each
    spent: Floats  # float64[2, n, d], what a unit takes of money and of energy
    score: Floats  # float64[n, d]; NaN = none


def draw_scores(
    draws: ArrayLike,
    weights: ArrayLike,
    *,
    capacity: ArrayLike | None = None,
    spending: ArrayLike | None = None,
    pessimistic: bool = False,
) -> DrawScores:
    """Components, spending and score of each candidate in each draw.

    The arguments are those of ``rank_certainty``. Raises TypeError for what are no numbers, ValueError for
    shapes or weights that can't be meant.
    """
    y = _draws(draws)
    given, blend = split_weights(weights)
    if spending is None and blend[0] != 1.0:
        raise ValueError("weights of cost and energy need spending")
    room = None if capacity is None else real_column("capacity", capacity, y.shape[1])[:, None]
    three = tuple(given.tolist())
    components = _components(y, three, room, pessimistic)
    score: Floats = formulae.weighted_sum(*components, *three)
    spent = np.broadcast_to(np.nan, (2, *y.shape[1:]))
    if spending is not None:
        spent = _spent(spending, y, blend)
        score = _blended(score, spent, blend, pessimistic)
    return DrawScores(components, spent, score)


def _draws(draws: Any) -> Floats:
    array = unless_masked(draws)
    if array.ndim != 3 or array.shape[0] != 3 or array.shape[2] == 0:
        raise ValueError(f"draws must be of shape (3, n, d) with at least one draw, not {array.shape}")
    return real_column("draws", array.ravel()).reshape(array.shape)


def _components(
    y: Floats, weights: tuple[float, ...], capacity: Floats | None, pessimistic: bool
) -> tuple[Floats, Floats, Floats]:
    """T, L and M, float64[n, d] each; one without weight is not computed."""
    nothing: Floats = np.broadcast_to(np.nan, y.shape[1:])
    t, latency, m = nothing, nothing, nothing
    with np.errstate(over="ignore"):  # what overflows is not finite, and so not measured
        if weights[0]:
            t = _filled(formulae.throughput_component(np.exp(y[0])), pessimistic)
        if weights[1]:
            latency = _filled(formulae.latency_component(np.exp(y[1])), pessimistic)
        if weights[2]:
            used = np.exp(y[2])
            m = _filled(
                formulae.memory_relative(used)
                if capacity is None
                else formulae.memory_headroom(used, capacity),
                pessimistic,
            )
    return t, latency, m


def _filled(component: Floats, pessimistic: bool) -> Floats:
    return formulae.pessimistic(component) if pessimistic else component


def _spent(spending: Any, y: Floats, blend: Floats) -> Floats:
    """What a unit takes of money and of energy, float64[2, n, d]; what has no weight stays NaN."""
    array = unless_masked(spending)
    if array.shape not in ((2, y.shape[1]), (2, *y.shape[1:])):
        wanted = f"(2, {y.shape[1]}) or {(2, *y.shape[1:])}"
        raise ValueError(f"spending must be of shape {wanted}, not {array.shape}")
    per_second = real_column("spending", array.ravel()).reshape(2, y.shape[1], -1)
    spent = np.full((2, *y.shape[1:]), np.nan)
    with np.errstate(over="ignore"):
        for i in (0, 1):
            if blend[i + 1]:
                spent[i] = np.exp(per_second[i] - y[0])
    return spent


def _blended(compatibility: Floats, spent: Floats, blend: Floats, pessimistic: bool) -> Floats:
    """The score with cost and energy, float64[n, d]; one without weight is not computed."""
    components = [compatibility, *np.broadcast_to(np.nan, spent.shape)]
    for i, component in ((1, cost_component), (2, energy_component)):
        if blend[i]:
            components[i] = _filled(component(spent[i - 1]), pessimistic)
    score: Floats = formulae.weighted_sum(*components, *blend.tolist())
    return score
