"""The answer to a question: ranked hardware with its configuration, from stored estimates alone."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from typing import TYPE_CHECKING

from ...kernels.formulae import POLICIES
from ..answers import NOISE, Answer, Estimate, Noises, Question, Weights
from ..catalogue.naming import find_model, old_names
from ..catalogue.versions import tag_meant
from ..errors import QuestionError, UnknownNameError
from ..results.estimates import axis_values, group_estimates, hardware_names
from ..results.noise import current_noise
from . import groups, limits, notes, profiles, spending
from .available import resolve
from .certainty import Basis, certainty, with_certainty
from .comparison import Comparison, compare, hold
from .criteria import criteria
from .explain import explained
from .front import with_front
from .ranking import moved, ranking
from .rejections import rejections
from .remedy import HAD, Measurable
from .roofline import stands_alone, with_roofline
from .rows import recommendations
from .scored import scored, weights_used
from .target import check_unit, with_devices

if TYPE_CHECKING:
    from ..storage.store import Store

SCORES = ("compatibility", "suitability")
NAMED_AXES = ("precision", "compile_mode", "memory_format")


def recommend(store: Store, question: Question, measurable: Measurable | None = None) -> Answer:
    """``recommended``, without what it was made of."""
    return recommended(store, question, measurable).answer


@dataclass(frozen=True, slots=True)
class Recommended:
    """An answer with what its ranking was made of; None where nothing is ranked."""

    answer: Answer
    basis: Basis | None = None


def recommended(store: Store, question: Question, measurable: Measurable | None = None) -> Recommended:
    """The answer from the store's estimates of the asked model; nothing is written.

    ``measurable`` holds the names that can be measured, by axis: a fixed name that is neither there nor
    stored is unknown, and no command is offered for what can't be measured. A version may be an alias.
    Raises QuestionError, UnknownNameError, NoResultsError.
    """
    measurable = measurable or {}
    check(question)
    with store.reading() as connection:
        model = find_model(connection, question.model)
        version = tag_meant(connection, model, question.model_version)
        had = [old for old, name in old_names(connection).items() if name == model.name]
        stored = axis_values(connection)
        available = resolve(question.available, hardware_names(connection))
        estimates = group_estimates(connection, model.name)
        noise = current_noise(connection)
    for axis in NAMED_AXES:
        _check_name(axis, getattr(question, axis), stored[axis], measurable)
    question = replace(question, model=model.name, model_version=version, available=available)
    found = answered(question, estimates, {**measurable, HAD: sorted(had)}, noise)
    if not stands_alone(found.answer):
        return found
    with store.reading() as connection:
        return replace(found, answer=with_roofline(connection, found.answer))


def check(question: Question) -> None:
    """Raises QuestionError, or UnknownNameError, for what no store could answer."""
    if question.top_k < 1:
        raise QuestionError(f"--top-k {question.top_k}: ask for at least 1")
    if question.batch is not None and question.batch < 1:
        raise QuestionError(f"--batch-size {question.batch}: a batch holds at least 1")
    if question.rank_by not in SCORES:
        raise _unknown("score", question.rank_by, SCORES)
    if question.missing not in POLICIES:
        raise _unknown("policy", question.missing, tuple(POLICIES))
    limits.check(question)
    spending.check(question)


def answer(
    question: Question,
    estimates: Sequence[Estimate],
    measurable: Measurable | None = None,
    noise: Noises = NOISE,
) -> Answer:
    """``answered``, without what it was made of."""
    return answered(question, estimates, measurable, noise).answer


def answered(
    question: Question,
    estimates: Sequence[Estimate],
    measurable: Measurable | None = None,
    noise: Noises = NOISE,
) -> Recommended:
    """The answer from one model's estimates; a pure function, whose result their order doesn't change."""
    check(question)
    _check_environment(question, estimates)
    held = groups.by_group(estimates)
    eligible = groups.eligible(question, held)
    owned = groups.on(question.available, eligible)
    group = groups.choose(question, owned or eligible, eligible, (measurable or {}).get(HAD, ()))
    check_unit(question, group.throughput_unit)
    comparison = compare(question, hold(group, owned.get(group, ())))
    profile = profiles.chosen(question)
    found = groups.others_in_words(group, groups.on(question.available, held) or held)
    about_groups = (found,) if found else ()
    if not comparison.running:
        return Recommended(_without_rows(question, comparison, profile, measurable or {}, about_groups))
    return _with_rows(question, comparison, profile, measurable or {}, about_groups, noise)


def _with_rows(
    question: Question,
    comparison: Comparison,
    profile: profiles.Profile,
    measurable: Measurable,
    about_groups: tuple[str, ...],
    noise: Noises,
) -> Recommended:
    pessimistic = question.missing == "pessimistic"
    values = criteria(comparison.compared, common=comparison.freed is None, pessimistic=pessimistic)
    values = spending.with_spending(question, profile.weights, comparison.compared, values)
    weights = weights_used(profile.weights, values)
    candidates = scored(comparison.compared, values, weights)
    meets = limits.distances(question, comparison.compared, values) <= 1.0
    missed = limits.misses(question, comparison.compared, values, comparison.held.group.throughput_unit)
    eligible = list(compress(candidates, meets))
    ranked = ranking(eligible, question.rank_by)
    if not ranked:
        left = _nothing_left(question, comparison, profile, weights, measurable, about_groups, missed)
        return Recommended(left)
    other = next(score for score in SCORES if score != question.rank_by)
    suitability = notes.suitability_note(moved(ranked, ranking(eligible, other)), question.rank_by)
    limited = question if limits.is_limited(question) else None
    basis = Basis(candidates, ranked, values, weights, question.rank_by, noise, limited)
    sure = certainty(basis)
    rows = with_certainty(recommendations(question, comparison, values, ranked), sure)
    rows = with_front(rows, candidates, values, meets)
    rows = spending.rows_with_spending(question, rows, candidates, values)
    rows = tuple(with_devices(row, question) for row in rows)
    if question.explain:
        rows = explained(rows, values, candidates, weights, measurable)
    about = notes.notes(question, comparison, values, candidates, ranked)
    best = [r.best.estimate for r in ranked]
    spent = spending.notes(question, profile.weights, comparison.compared, values, best)
    lines = (*about, *spent, notes.not_clear(sure), suitability, *about_groups)
    found = Answer(
        question=question,
        group=comparison.held.group,
        profile=profile.name,
        weights=weights,
        rows=rows[: question.top_k],
        rejected=rejections(question, comparison, {row.hardware for row in rows}, measurable, missed),
        decided=comparison.decided,
        notes=tuple(line for line in lines if line),
        certainty=sure.word,
        tie_group=sure.tied,
        noise=noise,
    )
    return Recommended(found, basis)


def _nothing_left(
    question: Question,
    comparison: Comparison,
    profile: profiles.Profile,
    weights: Weights,
    measurable: Measurable,
    about_groups: tuple[str, ...],
    missed: Mapping[str, limits.Miss],
) -> Answer:
    """The answer where the limits reject everything that runs."""
    return Answer(
        question=question,
        group=comparison.held.group,
        profile=profile.name,
        weights=weights,
        rows=(),
        rejected=rejections(question, comparison, (), measurable, missed),
        decided=comparison.decided,
        notes=about_groups,
        closest_miss=limits.closest(question, missed.values()),
    )


def _without_rows(
    question: Question,
    comparison: Comparison,
    profile: profiles.Profile,
    measurable: Measurable,
    about_groups: tuple[str, ...],
) -> Answer:
    held = [e.configuration for es in comparison.held.estimates.values() for e in es]
    unknown = notes.unknown_axes(question, held) if held else None
    rejected = rejections(question, comparison, (), measurable)
    lines = (*((unknown,) if unknown else ()), *about_groups)
    return Answer(question, comparison.held.group, profile.name, profile.weights, (), rejected, (), lines)


def _check_environment(question: Question, estimates: Sequence[Estimate]) -> None:
    known = sorted({e.env_id for e in estimates})
    if question.env_id is not None and question.env_id not in known:
        raise UnknownNameError(
            f'unknown environment "{question.env_id}": {question.model} has results of {", ".join(known)}'
        )


def _check_name(axis: str, asked: str | None, stored: Sequence[str], measurable: Measurable) -> None:
    if asked is None or axis not in measurable:
        return
    known = sorted({*stored, *measurable[axis]})
    if asked not in known:
        raise _unknown(axis.replace("_", " "), asked, known)


def _unknown(noun: str, asked: str, known: Sequence[str]) -> UnknownNameError:
    nearest = difflib.get_close_matches(asked, known, n=1)
    hint = f"did you mean {nearest[0]}? " if nearest else ""
    return UnknownNameError(f'unknown {noun} "{asked}": {hint}there are {", ".join(known)}')
