"""The sentences of an answer for a mix, shared by the terminal table and the Markdown export."""

from __future__ import annotations

from collections.abc import Iterator

from .. import units
from ..fit.configurations import label
from ..workloads import MixPart, MixRow, Work, WorkloadAnswer
from . import wording


def title(answer: WorkloadAnswer) -> str:
    """``mix.toml: 3 parts``."""
    n = len(answer.groups)
    return f"{answer.mix.name}: a mix of {n} part{'s' if n > 1 else ''}"


def heading(answer: WorkloadAnswer) -> tuple[str, ...]:
    """What leads a report: the recommendation, the parts with their shares, the weights."""
    parts = "; ".join(
        f"{place}. {wording.group(group)}{fixed(work)}: {100 * share:.3g}%"
        for place, (work, group, share) in enumerate(
            zip(answer.mix.works, answer.groups, answer.shares, strict=True), 1
        )
    )
    formula = wording.formula(answer.weights)
    return (
        recommendation(answer),
        f"Parts: {parts}.",
        f"Profile {answer.profile}: compatibility = {formula} of the geometric means, weighted by share.",
    )


def recommendation(answer: WorkloadAnswer) -> str:
    """Rank 1, or all that share it."""
    best = [row for row in answer.rows if row.rank == 1]
    if not best:
        return "No hardware runs any part."
    label = "Recommended" if len(best) == 1 else f"Tie of {len(best)}"
    names = "; ".join(row.hardware for row in best)
    return f"{label}: {names}, {runs(best[0], answer)}"


def runs(row: MixRow, answer: WorkloadAnswer) -> str:
    """``runs 2 of 3 parts``."""
    return f"runs {row.runnable} of {len(answer.groups)} parts"


def fixed(work: Work) -> str:
    """What a part fixes, in parentheses: `` (batch 8, bf16)``; or nothing."""
    values = (work.precision, work.compile_mode, work.memory_format)
    named = [f"batch {work.batch}"] if work.batch else []
    named += [value for value in values if value]
    return f" ({', '.join(named)})" if named else ""


def worst(row: MixRow, answer: WorkloadAnswer) -> str:
    """``2. vit_base: 0.412``: the part with the lowest score, where several run."""
    if row.worst is None or row.runnable < 2:
        return units.ABSENT
    score = units.score(row.parts[row.worst].compatibility)
    return f"{row.worst + 1}. {answer.groups[row.worst].model}: {score}"


def parts(row: MixRow, answer: WorkloadAnswer) -> Iterator[tuple[str, str | None]]:
    """Each part of a row in a line, with the command that would measure what is missing."""
    for place, (group, part) in enumerate(zip(answer.groups, row.parts, strict=True), 1):
        yield f"part {place}, {group.model}: {_part(part, group.throughput_unit)}", part.remedy


def _part(part: MixPart, unit: str) -> str:
    if part.configuration is None:
        return part.reason or "not measured"
    scores = (part.throughput_score, part.latency_score, part.memory_score)
    named = ", ".join(f"{letter} {units.score(s)}" for letter, s in zip("TLM", scores, strict=True))
    source = f"; {wording.result_ids(part.result_ids)}" if part.result_ids else ""
    return (
        f"{label(part.configuration)}, {units.number(part.throughput)} {unit}; {named};"
        f" compat. {units.score(part.compatibility)}{source}; environment {part.env_id}"
    )
