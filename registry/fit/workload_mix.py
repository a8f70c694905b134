"""Which hardware suits a mix of models: what runs at all goes first, then the means over what all run.

Each part is a question of its own, answered as ``recommend`` does; ``kernels/workload.py`` joins them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ...kernels.workload import Workload, mix_workload
from ..answers import NOISE, Answer, Noises, Profile, Question, Weights
from ..errors import NoResultsError, QuestionError, UnknownNameError
from ..results.noise import current_noise
from ..workloads import Mix, MixRow, WorkloadAnswer
from .certainty import with_certainty
from .composed import SCORES, Recommended
from .recommend import recommended
from .remedy import Measurable
from .workload_certainty import workload_certainty
from .workload_limits import check_units, closest_miss
from .workload_notes import notes
from .workload_parts import Part, Tables, parts_of, rejected, rows, same_units, tables
from .workload_question import asked, check, mix_profile
from .workload_target import with_rate

if TYPE_CHECKING:
    from ..storage.store import Store


@dataclass(frozen=True, slots=True)
class RecommendedMix:
    """An answer for a mix with the parts that it was made of."""

    answer: WorkloadAnswer
    parts: tuple[Part, ...]


def recommend_mix(
    store: Store, mix: Mix, question: Question, measurable: Measurable | None = None
) -> WorkloadAnswer:
    """``recommended_mix``, without what it was made of."""
    return recommended_mix(store, mix, question, measurable).answer


def recommended_mix(
    store: Store, mix: Mix, question: Question, measurable: Measurable | None = None
) -> RecommendedMix:
    """The answer for a mix; what ``question`` asks beside a part's own fields is asked of every part.

    Nothing is written. Raises what ``recommend`` raises, with the file's name and the part before it.
    """
    check(mix, question)
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


def mixed(mix: Mix, question: Question, answers: Sequence[Recommended]) -> RecommendedMix:
    """The answer for a mix from those for its parts; a pure function. Raises QuestionError."""
    parts = parts_of(mix, answers)
    profile = mix_profile(mix, question)
    check_units(parts, question, profile)
    names = sorted({name for part in parts for name in (*part.rows, *part.rejected)})
    shares = np.array([work.share for work in mix.works], np.float64)
    found = _scored(tables(parts, names, question.rank_by), profile, shares, question.rank_by)
    weights = _weights_used(profile, found)
    ranked = rows(parts, names, found, weights)
    sure = workload_certainty(parts, ranked, astuple(profile.weights), shares)
    ranked = with_certainty(ranked, sure)
    missed = closest_miss(parts, names, question)
    moved = _moved(parts, names, found, profile, shares, question.rank_by)
    of_all = [share / math.fsum(shares.tolist()) for share in shares.tolist()]
    shown = ranked[: question.top_k]
    answer = WorkloadAnswer(
        mix=mix,
        groups=tuple(part.answer.group for part in parts),
        shares=tuple(of_all),
        everywhere=tuple(found.everywhere.tolist()),
        profile=profile.name,
        weights=weights,
        rows=_with_rates(parts, shown, of_all, question),
        rejected=tuple(rejected(parts, name) for name in _idle(names, found)),
        notes=tuple(notes(parts, ranked, found, weights, profile, question, sure, missed, moved)),
        certainty=sure.word,
        tie_group=sure.tied,
        noise=_noise(parts),
        closest_miss=missed,
        question=question,
        part_notes=tuple(part.answer.notes for part in parts),
    )
    return RecommendedMix(answer, tuple(parts))


def _scored(held: Tables, profile: Profile, shares: NDArray[np.float64], rank_by: str) -> Workload:
    return mix_workload(
        held.runs,
        held.components,
        held.compatibility,
        astuple(profile.weights),
        shares,
        spent=held.spent,
        least=held.least,
        confidence=held.confidence,
        by_suitability=rank_by == "suitability",
    )


def _moved(
    parts: Sequence[Part],
    names: Sequence[str],
    found: Workload,
    profile: Profile,
    shares: NDArray[np.float64],
    rank_by: str,
) -> int:
    """How many hardware have another rank by the other score, which also chooses configurations anew."""
    other = next(score for score in SCORES if score != rank_by)
    there = _scored(tables(parts, names, other), profile, shares, other)
    return int(np.count_nonzero((there.rank != found.rank) & (found.runnable > 0)))


def _with_rates(
    parts: Sequence[Part], ranked: Sequence[MixRow], shares: Sequence[float], question: Question
) -> tuple[MixRow, ...]:
    """The rows with the rate of the whole mix, where its parts count the same."""
    if not same_units(parts):
        return tuple(ranked)
    return tuple(with_rate(row, shares, question) for row in ranked)


def _answered(
    store: Store, mix: Mix, measurable: Measurable, noise: Noises, place: int, question: Question
) -> Recommended:
    try:
        return recommended(store, question, measurable, noise)
    except (NoResultsError, QuestionError, UnknownNameError) as error:
        raise type(error)(f"{mix.name}: work[{place}]: {error}") from error


def _hardware(answer: Answer) -> set[str]:
    return {row.hardware for row in answer.rows} | {entry.hardware for entry in answer.rejected}


def _weights_used(profile: Profile, found: Workload) -> Weights:
    """The weights with the criteria at 0 that are missing somewhere; as given where nothing is common."""
    return profile.weights if np.isnan(found.weights).any() else Weights(*found.weights.tolist())


def _idle(names: Sequence[str], found: Workload) -> list[str]:
    """The hardware that runs no part."""
    return [name for name, n in zip(names, found.runnable.tolist(), strict=True) if n == 0]


def _noise(parts: Sequence[Part]) -> Noises:
    """What the draws of all parts let processes and machines differ by."""
    return next((part.basis.noise for part in parts if part.basis), NOISE)
