"""Scores of models and their ranks: weight · component summed; those hardly apart share a rank."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .choice import CRITERIA, Component, Weighting
from .components import Figure
from .weighting import dropping


@dataclass(frozen=True, slots=True)
class Score:
    """One model's score."""

    score: float
    coverage: float  # the share of the weights whose figure is known of it
    half_width: float  # of the score's 95 % interval, as far as intervals are known


@dataclass(frozen=True, slots=True)
class Scored:
    """All scores, under the weights that were used."""

    weighting: Weighting
    scores: tuple[Score, ...]  # in the order of the models
    dropped: tuple[str, ...]  # criteria that don't count
    known: Mapping[str, int]  # of how many models each criterion has a figure
    lowest: Mapping[str, float]  # the least of each


def scored(figures: Mapping[str, Sequence[Figure]], weighting: Weighting, missing: str) -> Scored:
    """The scores of models that have one figure each in every criterion.

    A criterion that none has is dropped. One that some lack is dropped for all ("renormalise"), or counts
    for these with the lowest of the others' ("pessimistic"): never for them alone.
    """
    n = len(next(iter(figures.values())))
    components = {name: [f.component for f in column] for name, column in figures.items()}
    known = {name: n - column.count(None) for name, column in components.items()}
    least = n if missing == "renormalise" else 1
    dropped = tuple(name for name in CRITERIA if known[name] < max(least, 1))
    used = dropping(weighting, dropped)
    lowest = {
        name: min((x for x in column if x is not None), default=0.0) for name, column in components.items()
    }
    counted = [(name, weight, lowest[name]) for name, weight in used.weights if weight]
    scores = tuple(
        _score([(figures[name][i], weight, least) for name, weight, least in counted]) for i in range(n)
    )
    return Scored(used, scores, dropped, known, lowest)


def components(figures: Mapping[str, Sequence[Figure]], result: Scored, i: int) -> tuple[Component, ...]:
    """What the score of the model in that place is made of, by CRITERIA."""
    found = []
    for name, weight in result.weighting.weights:
        f = figures[name][i]
        used = None if name in result.dropped else f.component
        if used is None and name not in result.dropped:
            used = result.lowest[name]
        found.append(Component(name, f.text, f.tier, f.component, used, f.half_width, weight))
    return tuple(found)


def _score(parts: Sequence[tuple[Figure, float, float]]) -> Score:
    """Of figures with their weights, and what counts where one is not known."""
    return Score(
        score=math.fsum(w * (least if f.component is None else f.component) for f, w, least in parts),
        coverage=math.fsum(w for f, w, _ in parts if f.component is not None),
        half_width=math.hypot(*(w * f.half_width for f, w, _ in parts if f.half_width)),
    )


def order(scores: Sequence[Score], names: Sequence[str]) -> list[int]:
    """The models' places in order: by score, then by coverage, then by name."""
    return sorted(range(len(scores)), key=lambda i: (-scores[i].score, -scores[i].coverage, names[i]))


def ranks(ordered: Sequence[Score], resolution: float) -> list[int]:
    """Ranks (1, 1, 3) of scores in their order: those that can't be told apart share one.

    It can't where they differ by less than ``resolution``, or than both intervals together allow. Groups are
    held against their first, so that they don't creep.
    """
    found: list[int] = []
    first = 0
    for i, each in enumerate(ordered):
        leader = ordered[first]
        apart = max(resolution, math.hypot(leader.half_width, each.half_width))
        if i and not leader.score - each.score < apart:
            first = i
        found.append(first + 1)
    return found
