"""Each criterion of a choice as figures in [0, 1] over all models that meet the requirements, 1 = best.

A figure is relative to the best of these models, so that another question may give another one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from .. import units
from .candidates import Candidate
from .choice import Fit, Speed, Terms
from .fits import MEASURED
from .wanted import AskedMetric

LICENCE = {"compatible": 1.0, "conditional": 0.5}
NOT_KNOWN = "not known"
RATINGS = 5.0


@dataclass(frozen=True, slots=True)
class Meeting:
    """A model that meets every requirement, with what is known of it on the asked hardware."""

    candidate: Candidate
    terms: Terms | None
    fit: Fit | None
    speed: Speed | None  # measured
    estimated: Speed | None


@dataclass(frozen=True, slots=True)
class Figure:
    """One model's part in one criterion, before it is weighted."""

    text: str
    tier: str
    component: float | None
    half_width: float = 0.0


UNKNOWN = Figure("–", NOT_KNOWN, None)


def figures(meeting: Sequence[Meeting], metrics: Sequence[AskedMetric]) -> dict[str, list[Figure]]:
    """For each criterion one figure a model, in their order."""
    return {
        "quality": _quality(meeting, metrics),
        "popularity": _popularity(meeting),
        "rating": [_rating(m.candidate.rating) for m in meeting],
        "licence": [_licence(m.terms) for m in meeting],
        "fit": _fits(meeting),
        "speed": _speeds(meeting),
    }


def speed_is_measured(meeting: Iterable[Meeting]) -> bool:
    """Whether all have a measured speed in one unit: only then can these be held against each other."""
    units_of = {m.speed.unit if m.speed else None for m in meeting}
    return len(units_of) == 1 and None not in units_of


def _quality(meeting: Sequence[Meeting], metrics: Sequence[AskedMetric]) -> list[Figure]:
    """The mean over the asked metrics; of a model that lacks one, not known."""
    if not metrics:
        return [UNKNOWN] * len(meeting)
    columns = [
        _relative([m.candidate.metrics.get(x.name) for m in meeting], x.less_is_better) for x in metrics
    ]
    found = []
    for m, parts in zip(meeting, zip(*columns, strict=True), strict=True):
        known = [part for part in parts if part is not None]
        said = [f"{x.name} {_number(m.candidate.metrics.get(x.name))}" for x in metrics]
        mean = math.fsum(known) / len(known) if len(known) == len(parts) else None
        found.append(Figure(", ".join(said), "declared" if mean is not None else NOT_KNOWN, mean))
    return found


def _relative(values: Sequence[float | None], less_is_better: bool) -> list[float | None]:
    """value / largest, or least / value; by the range where a figure is not above 0."""
    known = [v for v in values if v is not None]
    if not known:
        return [None] * len(values)
    low, high = min(known), max(known)
    if low > 0:
        return [None if v is None else low / v if less_is_better else v / high for v in values]
    if low == high:
        return [None if v is None else 1.0 for v in values]
    shares = [None if v is None else (v - low) / (high - low) for v in values]
    return [None if s is None else 1 - s if less_is_better else s for s in shares]


def _popularity(meeting: Sequence[Meeting]) -> list[Figure]:
    known = [m.candidate.downloads for m in meeting if m.candidate.downloads is not None]
    largest = math.log1p(max(known, default=0)) or 1.0
    return [
        UNKNOWN if n is None else Figure(f"{n:,} downloads", "declared", math.log1p(n) / largest)
        for n in (m.candidate.downloads for m in meeting)
    ]


def _rating(rating: float | None) -> Figure:
    return UNKNOWN if rating is None else Figure(f"{rating:g} of 5", "declared", rating / RATINGS)


def _licence(terms: Terms | None) -> Figure:
    return UNKNOWN if terms is None else Figure(terms.verdict, "derived", LICENCE.get(terms.verdict))


def _fits(meeting: Sequence[Meeting]) -> list[Figure]:
    """By what was measured where that is so of all, else by the estimates of all."""
    measured = all(m.fit is not None and m.fit.tier == MEASURED for m in meeting)
    return [_fit(m.fit, measured) for m in meeting]


def _fit(fit: Fit | None, measured: bool) -> Figure:
    needed = None if fit is None else fit.needed_bytes if measured else fit.estimated_bytes
    if fit is None or needed is None or not fit.available_bytes:
        return UNKNOWN
    free = min(max(1 - needed / fit.available_bytes, 0.0), 1.0)
    said = f"{units.size(needed)} of {units.size(fit.available_bytes)}"
    return Figure(said, MEASURED if measured else "estimated", free)


def _speeds(meeting: Sequence[Meeting]) -> list[Figure]:
    """Measured where all are, else estimated for all: a measured figure is never held against a bound."""
    measured = speed_is_measured(meeting)
    of: Callable[[Meeting], Speed | None] = (lambda m: m.speed) if measured else (lambda m: m.estimated)
    best = max((s.value for m in meeting if (s := of(m))), default=1.0)
    return [_speed(of(m), best) for m in meeting]


def _speed(speed: Speed | None, best: float) -> Figure:
    if speed is None:
        return UNKNOWN
    known = speed.low is not None and speed.high is not None
    half = (speed.high - speed.low) / 2 if speed.low is not None and speed.high is not None else 0.0
    spread = f" {units.spread(speed.low, speed.high)}" if known else ""
    said = f"{units.number(speed.value)} {speed.unit}{spread}"
    return Figure(said, speed.tier, speed.value / best, half / best)


def _number(value: float | None) -> str:
    return units.ABSENT if value is None else f"{value:g}"
