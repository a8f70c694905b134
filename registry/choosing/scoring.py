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
    """One model's score with what it is made of."""

    score: float
    coverage: float  # the share of the weights whose figure is known of it
    half_width: float  # of the score's 95 % interval, as far as intervals are known
    components: tuple[Component, ...]


@dataclass(frozen=True, slots=True)
class Scored:
    """All scores, under the weights that were used."""

    weighting: Weighting
    scores: tuple[Score, ...]  # in the order of the models
    dropped: tuple[tuple[str, int], ...]  # criteria that were asked and dropped, and how many have a figure


def scored(figures: Mapping[str, Sequence[Figure]], weighting: Weighting, missing: str) -> Scored:
    """The scores of models that have one figure each in every criterion.

    A criterion that none has is dropped. One that some lack is dropped for all ("renormalise"), or counts
    for these with the lowest of the others' ("pessimistic"): never for them alone.
    """
    n = len(next(iter(figures.values())))
    known = {name: sum(f.component is not None for f in column) for name, column in figures.items()}
    least = n if missing == "renormalise" else 1
    dropped = {name for name in CRITERIA if known[name] < max(least, 1)}
    used = dropping(weighting, dropped)
    weights = dict(used.weights)
    lowest = {
        name: min((f.component for f in column if f.component is not None), default=0.0)
        for name, column in figures.items()
    }
    scores = tuple(
        _score({name: figures[name][i] for name in CRITERIA}, weights, lowest, dropped) for i in range(n)
    )
    asked = dict(weighting.weights)
    named = tuple((name, known[name]) for name in CRITERIA if name in dropped and known[name] and asked[name])
    return Scored(used, scores, named)


def _score(
    figures: Mapping[str, Figure],
    weights: Mapping[str, float],
    lowest: Mapping[str, float],
    dropped: set[str],
) -> Score:
    parts = []
    for name in CRITERIA:
        f = figures[name]
        counted = None if name in dropped else f.component if f.component is not None else lowest[name]
        parts.append(Component(name, f.text, f.tier, f.component, counted, f.half_width, weights[name]))
    return Score(
        score=math.fsum(p.weight * p.used for p in parts if p.used is not None),
        coverage=math.fsum(p.weight for p in parts if p.component is not None),
        half_width=math.hypot(*(p.weight * p.half_width for p in parts)),
        components=tuple(parts),
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
