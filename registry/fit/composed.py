"""A whole answer, composed of what is compared: ranked rows, rejections, notes, and how sure it all is."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from ..answers import Answer, Noises, Profile, Question, Recommendation
from . import limits, notes, spending
from .certainty import Basis, Certainty, certainty, with_certainty
from .comparison import Comparison
from .criteria import criteria
from .explain import explained
from .front import with_front
from .nothing import nothing_runs
from .ranking import moved, ranking
from .rejections import rejections
from .remedy import Measurable
from .rows import recommendations
from .scored import scored, weights_used
from .target import with_devices

SCORES = ("compatibility", "suitability")
Marks = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Case:
    """A question with what is compared for it, by whose weights, and what else is to be said."""

    question: Question
    comparison: Comparison
    profile: Profile
    measurable: Measurable  # as of recommend
    noise: Noises
    about_groups: tuple[str, ...]  # the line on the groups that are not compared, where there is one


@dataclass(frozen=True, slots=True)
class Recommended:
    """An answer with what its ranking was made of; None where nothing runs."""

    answer: Answer
    basis: Basis | None = None


def composed(case: Case) -> Recommended:
    """The answer of a case, whether or not anything runs and meets the limits."""
    if not case.comparison.running:
        return Recommended(_nothing_runs(case))
    basis, within = _ranked(case)
    if not basis.ranked:
        return Recommended(_nothing_within(case, basis), basis)
    return Recommended(_ranked_answer(case, basis, within), basis)


def _ranked(case: Case) -> tuple[Basis, Marks]:
    """The candidates with scores and ranks; which of them meet the limits, bool[n]."""
    question, compared = case.question, case.comparison.compared
    pessimistic = question.missing == "pessimistic"
    values = criteria(compared, common=case.comparison.freed is None, pessimistic=pessimistic)
    values = spending.with_spending(question, case.profile.weights, compared, values)
    weights = weights_used(case.profile.weights, values)
    candidates = scored(compared, values, weights)
    within: Marks = limits.distances(question, compared, values) <= 1.0
    ranked = ranking(list(compress(candidates, within)), question.rank_by)
    limited = question if limits.is_limited(question) else None
    return Basis(candidates, ranked, values, weights, question.rank_by, case.noise, limited), within


def _ranked_answer(case: Case, basis: Basis, within: Marks) -> Answer:
    sure = certainty(basis)
    rows = _rows(case, basis, within, sure)
    found = rejections(
        case.question, case.comparison, {row.hardware for row in rows}, case.measurable, _misses(case, basis)
    )
    return Answer(
        question=case.question,
        group=case.comparison.held.group,
        profile=case.profile.name,
        weights=basis.weights,
        rows=rows[: case.question.top_k],
        rejected=found,
        decided=case.comparison.decided,
        notes=_notes(case, basis, within, sure),
        certainty=sure.word,
        tie_group=sure.tied,
        noise=case.noise,
    )


def _rows(case: Case, basis: Basis, within: Marks, sure: Certainty) -> tuple[Recommendation, ...]:
    """One row for each hardware that is ranked, with all that is said of it."""
    question = case.question
    rows = recommendations(question, case.comparison, basis.criteria, basis.ranked)
    rows = with_front(with_certainty(rows, sure), basis.candidates, basis.criteria, within)
    rows = spending.rows_with_spending(question, rows, basis.candidates, basis.criteria)
    rows = tuple(with_devices(row, question) for row in rows)
    if not question.explain:
        return rows
    return explained(rows, basis.criteria, basis.candidates, basis.weights, case.measurable)


def _notes(case: Case, basis: Basis, within: Marks, sure: Certainty) -> tuple[str, ...]:
    """What the numbers don't show, one line each."""
    question, comparison = case.question, case.comparison
    other = next(score for score in SCORES if score != question.rank_by)
    by_other = ranking(list(compress(basis.candidates, within)), other)
    best = [r.best.estimate for r in basis.ranked]
    lines = (
        *notes.notes(question, comparison, basis.criteria, basis.candidates, basis.ranked),
        *spending.notes(question, case.profile.weights, comparison.compared, basis.criteria, best),
        notes.not_clear(sure),
        notes.suitability_note(moved(basis.ranked, by_other), question.rank_by),
        *case.about_groups,
    )
    return tuple(line for line in lines if line)


def _misses(case: Case, basis: Basis) -> dict[str, limits.Miss]:
    unit = case.comparison.held.group.throughput_unit
    return limits.misses(case.question, case.comparison.compared, basis.criteria, unit)


def _nothing_within(case: Case, basis: Basis) -> Answer:
    """The answer where the limits reject everything that runs."""
    missed = _misses(case, basis)
    return Answer(
        question=case.question,
        group=case.comparison.held.group,
        profile=case.profile.name,
        weights=basis.weights,
        rows=(),
        rejected=rejections(case.question, case.comparison, (), case.measurable, missed),
        decided=case.comparison.decided,
        notes=case.about_groups,
        closest_miss=limits.closest(case.question, missed.values()),
    )


def _nothing_runs(case: Case) -> Answer:
    """The answer where no hardware has run what is asked."""
    held = [e.configuration for es in case.comparison.held.estimates.values() for e in es]
    unknown = notes.unknown_axes(case.question, held) if held else None
    rejected = rejections(case.question, case.comparison, (), case.measurable)
    return Answer(
        question=case.question,
        group=case.comparison.held.group,
        profile=case.profile.name,
        weights=case.profile.weights,
        rows=(),
        rejected=rejected,
        decided=(),
        notes=(*((unknown,) if unknown else ()), *case.about_groups),
        nothing=nothing_runs(case.question, case.comparison, rejected),
    )
