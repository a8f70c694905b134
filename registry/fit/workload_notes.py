"""What must be known beside the ranking over a mix of models, one line each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ...kernels.workload import Workload
from ..answers import Profile, Question, Weights
from ..workloads import MixRow
from . import beyond, limits, spending
from .certainty import Certainty
from .criteria import latency
from .notes import not_clear, suitability_note
from .workload_parts import Part, label, same_units


def notes(
    parts: Sequence[Part],
    rows: Sequence[MixRow],
    found: Workload,
    weights: Weights,
    profile: Profile,
    question: Question,
    sure: Certainty,
    missed: str | None,
    moved: int,
) -> list[str]:
    """The lines under a mix's ranking; ``weights`` are those used, ``profile`` has those asked for.

    ``moved``: how many ranks the other of the two scores would change.
    """
    if not rows:
        return []
    lines = [missed, *_common(parts, rows, found, weights)]
    lines += _spent(parts, rows, weights, profile, question)
    lines += _policy(parts, question)
    lines += _own_weights(parts, question)
    freed = [label(part) for part in parts if part.answer.rows and not part.answer.decided]
    if freed:
        lines.append(
            f"no_common_configuration: each hardware stands with its best batch in {'; '.join(freed)}"
        )
    if len(rows) == 1:
        lines.append(f"rank basis: single: only {rows[0].hardware} runs any part of this mix")
    lines += [not_clear(sure), suitability_note(moved, question.rank_by)]
    if len(rows) > question.top_k:
        lines.append(_cut(rows, question.top_k))
    return [line for line in lines if line]


def _common(parts: Sequence[Part], rows: Sequence[MixRow], found: Workload, weights: Weights) -> list[str]:
    """Which parts are in the means, and which criteria count."""
    limited = any(limits.is_limited(part.answer.question) for part in parts)
    runs = "run within the limits" if limited else "run"
    if not found.everywhere.any():
        return [f"no part {runs.replace('run', 'runs', 1)} on all of this hardware: ranks are by the number"
                " of parts alone"]  # fmt: skip
    lines = []
    hardware = [row.hardware for row in rows]
    left = [
        f"{label(part)}, not by {beyond.names([name for name in hardware if name not in part.rows])}"
        for part, common in zip(parts, found.everywhere.tolist(), strict=True)
        if not common
    ]
    if left:
        lines.append(f"not in the means, as it does not {runs} on all: {'; '.join(left)}")
    dropped = [name for name in ("latency", "memory") if getattr(weights, name) == 0.0]
    if dropped:
        which = " and ".join(dropped)
        lines.append(
            f"{which}: not known in every part for all, so dropped for all; the others share the weight"
        )
    return lines


def _spent(
    parts: Sequence[Part], rows: Sequence[MixRow], weights: Weights, profile: Profile, question: Question
) -> list[str]:
    """What must be known of prices and energy, as of a single model over all that the parts compare."""
    bases = [part.basis for part in parts if part.basis]
    if not bases or not (question.prices or profile.weights.energy):
        return []
    compared = [c.estimate for basis in bases for c in basis.candidates]
    counted = [np.zeros(0) if weight else None for weight in (weights.cost, weights.energy)]
    values = replace(bases[0].criteria, cost=counted[0], energy=counted[1])
    best = {e.hardware: e for part in parts for e in part.best.values()}
    lines = spending.notes(question, profile.weights, compared, values, [best[row.hardware] for row in rows])
    if not same_units(parts):
        lines.append("parts count in different units: what a unit of the mix takes is not known")
    return lines


def _policy(parts: Sequence[Part], question: Question) -> list[str]:
    """What became of criteria that some candidates of a part lack."""
    if question.missing == "require":
        return [
            "--missing require: in each part, what lacks a latency or memory that others have is left out"
        ]
    return [
        f"part {place}, {label(part)}: {what}: not measured on {beyond.names(names)}: it counts there as"
        " the lowest score that another has"
        for place, part in enumerate(parts, 1)
        for what, names in _filled(part).items()
    ]


def _filled(part: Part) -> dict[str, list[str]]:
    """The hardware whose latency or memory was not measured and counts as the lowest of the others."""
    if part.basis is None or not part.basis.criteria.pessimistic:
        return {}
    values, compared = part.basis.criteria, [c.estimate for c in part.basis.candidates]
    lacking = {
        "latency": {e.hardware for e in compared if latency(e, values.latency_statistic) is None},
        "memory": {e.hardware for e in compared if e.memory_bytes is None},
    }
    used = dict(zip(("latency", "memory"), values.used[1:], strict=True))
    return {what: sorted(names) for what, names in lacking.items() if names and used[what]}


def _own_weights(parts: Sequence[Part], question: Question) -> list[str]:
    """Where a part names a task and the question a profile, which of them says what."""
    tasks = dict.fromkeys(part.work.task for part in parts if part.work.task)
    if question.profile is None or not tasks:
        return []
    return [
        f"--profile {question.profile.name} weighs the whole mix; task {beyond.names(list(tasks))} only says"
        " which results are compared"
    ]


def _cut(rows: Sequence[MixRow], k: int) -> str:
    tied = rows[k].rank == rows[k - 1].rank
    more = f"{len(rows) - k} more hardware {'follows' if len(rows) == k + 1 else 'follow'}"
    tie = f", the first of them at rank {rows[k].rank} as well" if tied else ""
    return f"{more}{tie}: --top-k {len(rows)} shows all"
