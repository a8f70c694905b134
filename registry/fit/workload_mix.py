"""Which hardware suits a mix of models: what runs at all goes first, then the means over what all run.

Each part is a question of its own, answered as ``recommend`` does; ``kernels/workload.py`` joins them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import astuple, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from ...kernels.workload import Workload, mix_workload
from ..answers import NOISE, Answer, Noises, Profile, Question, Weights
from ..errors import NoResultsError, QuestionError, UnknownNameError
from ..results.noise import current_noise
from ..workloads import Mix, Work, WorkloadAnswer
from . import limits, profiles, spending
from .certainty import with_certainty
from .composed import Recommended
from .recommend import recommended
from .remedy import Measurable
from .workload_certainty import workload_certainty
from .workload_limits import check_units, closest_miss
from .workload_notes import notes
from .workload_parts import Part, parts_of, rejected, rows, tables

if TYPE_CHECKING:
    from ..storage.store import Store

ALL = 10**9  # rows: a part's answer is not cut


def recommend_mix(
    store: Store, mix: Mix, question: Question, measurable: Measurable | None = None
) -> WorkloadAnswer:
    """The answer for a mix; what ``question`` asks beside a part's own fields is asked of every part.

    Nothing is written. Raises what ``recommend`` raises, with the file's name and the part before it.
    """
    if question.top_k < 1:
        raise QuestionError(f"--top-k {question.top_k}: ask for at least 1")
    limits.check(question)
    spending.check(question)
    parts = [asked(work, question) for work in mix.works]
    with store.reading() as connection:  # all parts see the store at the same event
        ask = partial(_answered, store, mix, measurable or {}, current_noise(connection))
        answers = [ask(i, part) for i, part in enumerate(parts, 1)]
        everywhere = tuple(sorted(set().union(*(_hardware(found.answer) for found in answers))))
        for i, part in enumerate(parts):
            if len(_hardware(answers[i].answer)) < len(everywhere):  # what lacks this part gets its command
                named = replace(part, available=everywhere)
                answers[i] = ask(i + 1, named)
    return mixed(mix, question, answers)


def asked(work: Work, question: Question) -> Question:
    """The question that one part is, with the flags of ``question`` and its limits, where it has none."""
    own = ("model", "model_version", "task", "batch", "precision", "compile_mode", "memory_format")
    bounds = ("max_latency_s", "max_memory_bytes", "min_throughput")
    limited = {name: value for name in bounds if (value := getattr(work, name)) is not None}
    fixed = {name: getattr(work, name) for name in own}
    return replace(question, **fixed, **limited, input_shape=work.input_shape, top_k=ALL)


def mixed(mix: Mix, question: Question, answers: Sequence[Recommended]) -> WorkloadAnswer:
    """The answer for a mix from those for its parts; a pure function. Raises QuestionError."""
    parts = parts_of(mix, answers)
    check_units(parts, question)
    names = sorted({name for part in parts for name in (*part.rows, *part.rejected)})
    profile = _profile(mix, question)
    shares = np.array([work.share for work in mix.works], np.float64)
    runs, components, compatibility, spent, least = tables(parts, names)
    given = astuple(profile.weights)
    found = mix_workload(runs, components, compatibility, given, shares, spent=spent, least=least)
    weights = _weights_used(profile, found)
    ranked = rows(parts, names, found, weights)
    sure = workload_certainty(parts, ranked, given, shares)
    ranked = with_certainty(ranked, sure)
    missed = closest_miss(parts, names, question)
    total = math.fsum(shares.tolist())
    return WorkloadAnswer(
        mix=mix,
        groups=tuple(part.answer.group for part in parts),
        shares=tuple(share / total for share in shares.tolist()),
        everywhere=tuple(found.everywhere.tolist()),
        profile=profile.name,
        weights=weights,
        rows=ranked[: question.top_k],
        rejected=tuple(rejected(parts, name) for name in _idle(names, found)),
        notes=tuple(notes(parts, ranked, found, weights, profile, question, sure, missed)),
        certainty=sure.word,
        tie_group=sure.tied,
        noise=_noise(parts),
        closest_miss=missed,
        question=question,
    )


def _answered(
    store: Store, mix: Mix, measurable: Measurable, noise: Noises, place: int, question: Question
) -> Recommended:
    try:
        return recommended(store, question, measurable, noise)
    except (NoResultsError, QuestionError, UnknownNameError) as error:
        raise type(error)(f"{mix.name}: work[{place}]: {error}") from error


def _hardware(answer: Answer) -> set[str]:
    return {row.hardware for row in answer.rows} | {entry.hardware for entry in answer.rejected}


def _profile(mix: Mix, question: Question) -> Profile:
    """The one profile of the mix: the mean of its tasks' and the flags' weights, with cost and energy."""
    tasks = dict.fromkeys(work.task for work in mix.works if work.task)
    flags = ("latency_sensitive", "memory_constrained")
    found = profiles.mean((*tasks, *(flag for flag in flags if getattr(question, flag))))
    return profiles.with_spending(found, cost=question.cost, energy=question.energy)


def _weights_used(profile: Profile, found: Workload) -> Weights:
    """The weights with the criteria at 0 that are missing somewhere; as given where nothing is common."""
    return profile.weights if np.isnan(found.weights).any() else Weights(*found.weights.tolist())


def _idle(names: Sequence[str], found: Workload) -> list[str]:
    """The hardware that runs no part."""
    return [name for name, n in zip(names, found.runnable.tolist(), strict=True) if n == 0]


def _noise(parts: Sequence[Part]) -> Noises:
    """What the draws of all parts let processes and machines differ by."""
    return next((part.basis.noise for part in parts if part.basis), NOISE)
