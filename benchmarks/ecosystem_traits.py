"""What the models of a made-up ecosystem say of themselves: traits that children take after, and figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from benchmarks.ecosystem_families import Families, Wholes
from benchmarks.ecosystem_shape import (
    CARDLESS,
    CARDS,
    DRIFT,
    LANGUAGE,
    LANGUAGES,
    LIBRARIES,
    LIBRARY,
    LICENCE,
    LICENCE_PAIRS,
    LICENCES,
    TASK,
    TASKS,
    Habit,
    Shape,
)

FIRST_MS, LAST_MS = 1_646_263_744_000, 1_750_000_000_000  # 2022-03-02T23:29:04Z, 2025-06-15
_BEFORE_RECORDS = 0.03  # of all models: older than the hub's record of when they came; they share one time
_GROWTH = 3.3  # e-folds over that time
_DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class Trait:
    """Distinct sets, set 0 the empty one, and which set each model says."""

    sets: Sequence[tuple[str, ...]]
    codes: Wholes


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A column each, by model; NaN where nothing is said, and 0 ms."""

    licences: Trait
    languages: Trait
    tasks: Trait
    libraries: Trait
    likes: NDArray[np.float64]
    downloads: NDArray[np.float64]
    created_ms: Wholes
    card_characters: NDArray[np.float64]
    card_generated: NDArray[np.float64]


def said(shape: Shape, made: Families, draw: Generator) -> Said:
    """What every model says."""
    levels = _levels(made.first)
    children = made.children

    def told(habit: Habit, sets: Mapping[tuple[str, ...], float], drift: Mapping[str, float]) -> Trait:
        return Trait([(), *sets], _inherited(habit, sets, drift, made.first, levels, children, draw))

    likes = _figure(draw, children, mean=-1.1, spread=1.6, by_children=0.75)
    downloads = _figure(draw, children, mean=1.8, spread=2.2, by_children=0.9)
    for column in (likes, downloads):
        column[draw.choice(shape.models, shape.unsaid, replace=False)] = np.nan
    characters, generated = _cards(made, draw.spawn(1)[0])
    return Said(
        licences=told(LICENCE, _pairs(LICENCES), DRIFT),
        languages=told(LANGUAGE, _language_sets(draw), {"en": 1.6}),
        tasks=told(TASK, _single(TASKS), {}),
        libraries=told(LIBRARY, _single(LIBRARIES), {}),
        likes=likes,
        downloads=downloads,
        created_ms=_created(shape, made, draw),
        card_characters=characters,
        card_generated=generated,
    )


def _single(weights: Mapping[str, float]) -> dict[tuple[str, ...], float]:
    return {(value,): weight for value, weight in weights.items()}


def _pairs(weights: Mapping[str, float]) -> dict[tuple[str, ...], float]:
    names = list(weights)
    found = _single(weights)
    total = sum(weights.values())
    for one, two in pairwise(names[:9]):
        found[one, two] = total * LICENCE_PAIRS / 8
    return found


def _language_sets(draw: Generator, several: int = 1200) -> dict[tuple[str, ...], float]:
    """Single ones, and so many lists of two to twelve."""
    names, weights = list(LANGUAGES), np.array(list(LANGUAGES.values()), float)
    found = _single(LANGUAGES)
    for rank in range(several):
        size = min(2 + draw.geometric(0.5) - 1, 12)
        chosen = tuple(draw.choice(names, size, replace=False, p=weights / weights.sum()).tolist())
        found[chosen] = found.get(chosen, 0) + 50 / (20 + rank) ** 0.9
    return found


def _levels(first: Wholes) -> list[Wholes]:
    """The models by how far they are from one without a parent."""
    depth, above = (first >= 0).astype(np.int64), first.copy()
    while True:  # in doubled steps
        going = np.flatnonzero(above >= 0)
        if not len(going):
            break
        depth[going] += depth[above[going]]
        above[going] = above[above[going]]
    order = np.argsort(depth, kind="stable")
    return np.split(order, np.cumsum(np.bincount(depth))[:-1])


def _inherited(
    habit: Habit,
    sets: Mapping[tuple[str, ...], float],
    drift: Mapping[str, float],
    first: Wholes,
    levels: Sequence[Wholes],
    children: Wholes,
    draw: Generator,
) -> Wholes:
    n = len(first)
    weights = np.array(list(sets.values()), float)
    pull = np.array([np.prod([drift.get(value, 1.0) for value in each]) for each in sets])
    says, changes = draw.random(n), draw.random(n) < habit.changed
    drawn = 1 + draw.choice(len(weights), n, p=weights / weights.sum())
    new = 1 + draw.choice(len(weights), n, p=weights * pull / (weights * pull).sum())
    codes = np.where(says < np.where(children > 0, habit.base, habit.alone), drawn, 0)
    for models in levels[1:]:
        above = codes[first[models]]
        tells = says[models] < np.where(above > 0, habit.kept, habit.gained)
        own = np.where(above > 0, np.where(changes[models], new[models], above), drawn[models])
        codes[models] = np.where(tells, own, 0)
    return codes


def _figure(
    draw: Generator, children: Wholes, *, mean: float, spread: float, by_children: float
) -> NDArray[np.float64]:
    """Whole numbers with a heavy tail, larger for models that have children; most of them small."""
    drawn = np.exp(draw.normal(mean, spread, len(children))) * (1 + children) ** by_children
    return np.floor(np.minimum(drawn, 1e9))


def _cards(made: Families, draw: Generator) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How long each model's card is, and 1 where a program wrote it, else 0; NaN where there is none."""
    n, spread = len(made.first), 1.0
    children = made.children
    place = (children == 0).astype(np.int64)
    mean = np.array(CARDS["characters"])[place]
    characters = np.ceil(np.exp(draw.normal(np.log(mean) - spread**2 / 2, spread)))
    generated = (draw.random(n) < np.array(CARDS["generated"])[place]).astype(np.float64)
    without = (children == 0) & (made.first < 0) & (draw.random(n) < CARDLESS)
    characters[without] = generated[without] = np.nan
    return characters, generated


def _created(shape: Shape, made: Families, draw: Generator) -> Wholes:
    """Ascending but for children that are older than their parent, and models of which nothing is known."""
    n = shape.models
    at = np.sort(np.log1p(draw.random(n) * np.expm1(_GROWTH)) / _GROWTH)
    times = (FIRST_MS + at * (LAST_MS - FIRST_MS)).astype(np.int64)
    times[: int(_BEFORE_RECORDS * n)] = FIRST_MS
    late = draw.choice(len(made.child), min(shape.older, len(made.child)), replace=False)
    before = (draw.exponential(20 * _DAY_MS, len(late)) + 1).astype(np.int64)
    times[made.child[late]] = np.maximum(times[made.parent[late]] - before, 1_500_000_000_000)
    times[draw.choice(n, shape.unsaid, replace=False)] = 0
    return times
