"""Which hardware suits a mix of models: what runs at all goes first, then the means over what all run.

Each part is a question of its own, answered as ``recommend`` does; ``kernels/workload.py`` joins them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ...kernels import formulae
from ...kernels.workload import NONE, Workload, mix_workload
from ..answers import Answer, Profile, Question, Recommendation, Rejected, Weights
from ..errors import NoResultsError, QuestionError, UnknownNameError
from ..workloads import Mix, MixPart, MixRow, Work, WorkloadAnswer
from . import beyond, profiles
from .recommend import recommend
from .remedy import Measurable

if TYPE_CHECKING:
    from ..storage.store import Store

ALL = 10**9  # rows: a part's answer is not cut
COMPONENTS = ("throughput_score", "latency_score", "memory_score")
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Part:
    """One part's answer, by hardware."""

    work: Work
    answer: Answer
    rows: Mapping[str, Recommendation]
    rejected: Mapping[str, Rejected]


def recommend_mix(
    store: Store, mix: Mix, question: Question, measurable: Measurable | None = None
) -> WorkloadAnswer:
    """The answer for a mix. Of ``question`` the flags and ``top_k`` count; the parts hold all else.

    Nothing is written. Raises what ``recommend`` raises, with the file's name and the part before it.
    """
    if question.top_k < 1:
        raise QuestionError(f"--top-k {question.top_k}: ask for at least 1")
    measurable = measurable or {}
    parts = [asked(work, question) for work in mix.works]
    with store.reading():  # all parts see the store at the same event
        answers = [_answered(store, mix, i, part, measurable) for i, part in enumerate(parts, 1)]
        everywhere = tuple(sorted(set().union(*map(_hardware, answers))))
        for i, part in enumerate(parts):
            if len(_hardware(answers[i])) < len(everywhere):  # what lacks this part gets its command
                named = replace(part, available=everywhere)
                answers[i] = _answered(store, mix, i + 1, named, measurable)
    return mixed(mix, question, answers)


def asked(work: Work, question: Question) -> Question:
    """The question that one part is, with the flags of ``question``."""
    return replace(
        question,
        model=work.model,
        model_version=work.model_version,
        task=work.task,
        batch=work.batch,
        precision=work.precision,
        compile_mode=work.compile_mode,
        memory_format=work.memory_format,
        input_shape=work.input_shape,
        top_k=ALL,
    )


def mixed(mix: Mix, question: Question, answers: Sequence[Answer]) -> WorkloadAnswer:
    """The answer for a mix from those for its parts; a pure function."""
    parts = [_part(work, answer) for work, answer in zip(mix.works, answers, strict=True)]
    names = sorted({name for part in parts for name in (*part.rows, *part.rejected)})
    profile = _profile(mix, question)
    given = (profile.weights.throughput, profile.weights.latency, profile.weights.memory)
    shares = np.array([work.share for work in mix.works], np.float64)
    found = mix_workload(*_tables(parts, names), given, shares)
    rows = _rows(parts, names, found)
    weights = _weights_used(given, found)
    total = math.fsum(shares.tolist())
    return WorkloadAnswer(
        mix=mix,
        groups=tuple(part.answer.group for part in parts),
        shares=tuple(share / total for share in shares.tolist()),
        everywhere=tuple(found.everywhere.tolist()),
        profile=profile.name,
        weights=weights,
        rows=tuple(rows[: question.top_k]),
        rejected=tuple(_rejected(parts, name) for name, n in _counted(names, found) if n == 0),
        notes=tuple(_notes(parts, rows, found, weights, question)),
    )


def _answered(store: Store, mix: Mix, place: int, question: Question, measurable: Measurable) -> Answer:
    try:
        return recommend(store, question, measurable)
    except (NoResultsError, QuestionError, UnknownNameError) as error:
        raise type(error)(f"{mix.name}: work[{place}]: {error}") from error


def _hardware(answer: Answer) -> set[str]:
    return {row.hardware for row in answer.rows} | {rejected.hardware for rejected in answer.rejected}


def _part(work: Work, answer: Answer) -> _Part:
    return _Part(
        work, answer, {row.hardware: row for row in answer.rows}, {r.hardware: r for r in answer.rejected}
    )


def _profile(mix: Mix, question: Question) -> Profile:
    """The one profile of the mix: the mean of its tasks' and the flags' weights."""
    tasks = dict.fromkeys(work.task for work in mix.works if work.task)
    flags = ("latency_sensitive", "memory_constrained")
    return profiles.mean((*tasks, *(flag for flag in flags if getattr(question, flag))))


def _tables(parts: Sequence[_Part], names: Sequence[str]) -> tuple[NDArray[np.bool_], Floats, Floats]:
    """Which runs, bool[g, h]; T, L, M, float64[3, g, h]; compatibility, float64[g, h]; NaN = missing."""
    runs = np.array([[name in part.rows for name in names] for part in parts], bool)
    components = np.full((3, *runs.shape), np.nan)
    compatibility = np.full(runs.shape, np.nan)
    for g, part in enumerate(parts):
        for h, name in enumerate(names):
            if row := part.rows.get(name):
                compatibility[g, h] = row.compatibility
                values = [getattr(row, component) for component in COMPONENTS]
                components[:, g, h] = [np.nan if value is None else value for value in values]
    return runs, components, compatibility


def _rows(parts: Sequence[_Part], names: Sequence[str], found: Workload) -> list[MixRow]:
    """The hardware that runs some part, by rank, then name."""
    rows = [_row(parts, name, h, found) for h, name in enumerate(names) if found.runnable[h]]
    return sorted(rows, key=lambda row: (row.rank, row.hardware))


def _row(parts: Sequence[_Part], name: str, h: int, found: Workload) -> MixRow:
    throughput, latency, memory = (_known(mean) for mean in found.means[:, h].tolist())
    return MixRow(
        rank=int(found.rank[h]),
        hardware=name,
        runnable=int(found.runnable[h]),
        throughput_score=throughput,
        latency_score=latency,
        memory_score=memory,
        compatibility=_known(float(found.compatibility[h])) if found.everywhere.any() else None,
        worst=None if found.worst[h] == NONE else int(found.worst[h]),
        parts=tuple(_mix_part(part, name) for part in parts),
    )


def _mix_part(part: _Part, name: str) -> MixPart:
    row = part.rows.get(name)
    if row is not None:
        return MixPart(
            row.configuration,
            row.throughput,
            row.throughput_score,
            row.latency_score,
            row.memory_score,
            row.compatibility,
            row.env_id,
            row.evidence.result_ids,
            None,
            None,
        )
    rejected = part.rejected.get(name)
    group = part.answer.group
    reason = rejected.reason if rejected else f"no {group.scenario} results of {group.model}"
    return MixPart(
        None, None, None, None, None, None, None, (), reason, rejected.remedy if rejected else None
    )


def _rejected(parts: Sequence[_Part], name: str) -> Rejected:
    """Hardware that runs no part, with each part's reason."""
    found = [_mix_part(part, name) for part in parts]
    reasons = [f"{p.answer.group.model}: {each.reason}" for p, each in zip(parts, found, strict=True)]
    return Rejected(
        name, "; ".join(dict.fromkeys(reasons)), next((e.remedy for e in found if e.remedy), None)
    )


def _counted(names: Sequence[str], found: Workload) -> list[tuple[str, int]]:
    return list(zip(names, found.runnable.tolist(), strict=True))


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value


def _weights_used(given: tuple[float, float, float], found: Workload) -> Weights:
    """The weights with the criteria at 0 that are missing somewhere; as given where nothing is common."""
    known = found.runnable > 0
    if not found.everywhere.any():
        return Weights(*given)
    throughput, latency, memory = (formulae.complete(mean[known]) for mean in found.means)
    return Weights(
        *formulae.drop_criteria(formulae.normalise_weights(given), (throughput, latency, memory)).tolist()
    )


def _notes(
    parts: Sequence[_Part], rows: Sequence[MixRow], found: Workload, weights: Weights, question: Question
) -> list[str]:
    lines = ["P(best) is not computed for mixes: how sure each part is, `fitment recommend MODEL` says"]
    if not rows:
        return lines
    hardware = [row.hardware for row in rows]
    left = [
        f"{_label(part)}, not by {beyond.names([name for name in hardware if name not in part.rows])}"
        for part, common in zip(parts, found.everywhere.tolist(), strict=True)
        if not common
    ]
    if not found.everywhere.any():
        lines.append("no part runs on all of this hardware: ranks are by the number of parts alone")
    elif left:
        lines.append(f"not in the means, as it does not run on all: {'; '.join(left)}")
    dropped = [name for name in ("latency", "memory") if getattr(weights, name) == 0.0]
    if dropped and found.everywhere.any():
        which = " and ".join(dropped)
        lines.append(
            f"{which}: not known in every part for all, so dropped for all; the others share the weight"
        )
    freed = [_label(part) for part in parts if part.answer.rows and not part.answer.decided]
    if freed:
        lines.append(
            f"no_common_configuration: each hardware stands with its best batch in {'; '.join(freed)}"
        )
    if len(rows) == 1:
        lines.append(f"rank basis: single: only {rows[0].hardware} runs any part of this mix")
    if len(rows) > question.top_k:
        lines.append(_cut(rows, question.top_k))
    return lines


def _cut(rows: Sequence[MixRow], k: int) -> str:
    tied = rows[k].rank == rows[k - 1].rank
    more = f"{len(rows) - k} more hardware {'follows' if len(rows) == k + 1 else 'follow'}"
    tie = f", the first of them at rank {rows[k].rank} as well" if tied else ""
    return f"{more}{tie}: --top-k {len(rows)} shows all"


def _label(part: _Part) -> str:
    group = part.answer.group
    batch = f", batch {part.work.batch}" if part.work.batch else ""
    return f"{group.model} {group.scenario}{batch}"
