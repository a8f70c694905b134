"""The answer to a question: ranked hardware with its configuration, from stored estimates alone."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ...kernels.formulae import POLICIES
from ..answers import NOISE, Answer, Estimate, Noises, Question
from ..catalogue import near
from ..catalogue.naming import find_model, old_names
from ..catalogue.versions import aliases_of, versions
from ..errors import NoResultsError, QuestionError, UnknownNameError
from ..results.estimates import axis_values, group_estimates, hardware_names
from ..results.noise import current_noise
from . import groups, limits, profiles, spending
from .available import resolve
from .comparison import compare, hold
from .composed import SCORES, Case, Recommended, composed
from .evidence import with_result_ids
from .remedy import HAD, TAGS, Measurable
from .roofline import stands_alone, with_roofline
from .target import check_unit

if TYPE_CHECKING:
    import duckdb

    from ..storage.store import Store

NAMED_AXES = ("precision", "compile_mode", "memory_format")


def recommend(store: Store, question: Question, measurable: Measurable | None = None) -> Answer:
    """``recommended``, without what it was made of."""
    return recommended(store, question, measurable).answer


def recommended(
    store: Store, question: Question, measurable: Measurable | None = None, noise: Noises | None = None
) -> Recommended:
    """The answer from the store's estimates of the asked model; nothing is written.

    ``measurable`` holds the names that can be measured, by axis: a fixed name that is neither there nor
    stored is unknown, and no command is offered for what can't be measured. A version may be an alias.
    ``noise``: the store's, where it is already known. Raises QuestionError, UnknownNameError, NoResultsError.
    """
    check(question)
    with store.reading() as connection:
        return recommended_in(connection, question, measurable, noise)


def recommended_in(
    connection: duckdb.DuckDBPyConnection,
    question: Question,
    measurable: Measurable | None = None,
    noise: Noises | None = None,
) -> Recommended:
    """``recommended``, of a store that is open: to open it again takes as long as the answer."""
    measurable = measurable or {}
    model = find_model(connection, question.model)
    aliases, tags = aliases_of(connection, model), [v.tag for v in versions(connection, model)]
    had = [old for old, name in old_names(connection).items() if name == model.name]
    available = question.available and resolve(question.available, hardware_names(connection))
    estimates = group_estimates(connection, model.name, runs=False)
    noise = noise or current_noise(connection)
    _check_names(connection, question, measurable)
    version = aliases.get(question.model_version or "", question.model_version)
    question = replace(question, model=model.name, model_version=version, available=available)
    _check_version(question, estimates, aliases, tags)
    found = answered(question, estimates, {**measurable, HAD: sorted(had), TAGS: tags}, noise)
    found = with_result_ids(connection, found)
    if not stands_alone(found.answer):
        return found
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
    had, tags = ((measurable or {}).get(key, ()) for key in (HAD, TAGS))
    group = groups.choose(question, owned or eligible, eligible, had, tags)
    check_unit(question, group.throughput_unit)
    comparison = compare(question, hold(group, owned.get(group, ())))
    others = groups.others_in_words(group, groups.on(question.available, held) or held)
    about_groups = (others,) if others else ()
    return composed(
        Case(question, comparison, profiles.chosen(question), measurable or {}, noise, about_groups)
    )


def _check_version(
    question: Question, estimates: Sequence[Estimate], aliases: Mapping[str, str], tags: Sequence[str]
) -> None:
    """Raises NoResultsError for a version without results, with the near names and all that have some."""
    asked, held = question.model_version, sorted({e.group.model_version for e in estimates})
    if asked is None or asked in held or not estimates:
        return
    if asked in tags:
        raise NoResultsError(
            f"version {asked} of {question.model} has no results: `fitment link-tests` links them to it"
        )
    named = near.listed(version or "(none)" for version in held)
    pointing = near.listed(f"{alias} ({tag})" for alias, tag in aliases.items())
    raise NoResultsError(
        f"{question.model} has no results of version {asked}: {near.hint(asked, [*held, *aliases])}"
        f"it has versions {named}" + (f"; aliases {pointing}" if aliases else "")
    )


def _check_environment(question: Question, estimates: Sequence[Estimate]) -> None:
    known = sorted({e.env_id for e in estimates})
    if question.env_id is not None and question.env_id not in known:
        raise UnknownNameError(
            f'unknown environment "{question.env_id}": {question.model} has results of {", ".join(known)}'
        )


def _check_names(connection: duckdb.DuckDBPyConnection, question: Question, measurable: Measurable) -> None:
    """Raises UnknownNameError for a fixed precision, compile mode or memory format that is nowhere known."""
    fixed = {axis: getattr(question, axis) for axis in NAMED_AXES if axis in measurable}
    asked = {axis: name for axis, name in fixed.items() if name is not None}
    stored = axis_values(connection) if asked else {}
    for axis, name in asked.items():
        known = sorted({*stored[axis], *measurable[axis]})
        if name not in known:
            raise _unknown(axis.replace("_", " "), name, known)


def _unknown(noun: str, asked: str, known: Sequence[str]) -> UnknownNameError:
    nearest = difflib.get_close_matches(asked, known, n=1)
    hint = f"did you mean {nearest[0]}? " if nearest else ""
    return UnknownNameError(f'unknown {noun} "{asked}": {hint}there are {", ".join(known)}')
