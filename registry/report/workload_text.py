"""The sentences of an answer for a mix, shared by the terminal table and the Markdown export."""

from __future__ import annotations

from collections.abc import Iterator

from .. import units
from ..answers import Question
from ..fit.configurations import label
from ..workloads import MixPart, MixRow, Work, WorkloadAnswer
from . import wording
from .asked import asked, limits
from .spending import COST, ENERGY, spent


def title(answer: WorkloadAnswer) -> str:
    """``mix.toml: 3 parts``."""
    n = len(answer.groups)
    return f"{answer.mix.name}: a mix of {n} part{'s' if n > 1 else ''}"


def heading(answer: WorkloadAnswer) -> tuple[str, ...]:
    """What leads a report: the recommendation, what was asked, the parts with their shares, the weights."""
    question = asked(answer.question)
    formula = wording.formula(answer.weights)
    return (
        *recommendation(answer),
        *((f"Asked of each part: {question}.",) if question else ()),
        f"Parts: {'; '.join(listed(answer))}.",
        f"Profile {answer.profile}: compatibility = {formula}; T, L and M are geometric means over the parts,"
        " weighted by share.",
    )


def listed(answer: WorkloadAnswer) -> list[str]:
    """``1. resnet50 · forward · 3x224x224 (batch 8): 70%``, part by part."""
    return [
        f"{place}. {wording.group(group)}{fixed(work)}: {100 * share:.3g}%"
        for place, (work, group, share) in enumerate(
            zip(answer.mix.works, answer.groups, answer.shares, strict=True), 1
        )
    ]


def recommendation(answer: WorkloadAnswer) -> tuple[str, ...]:
    """The answer in words: rank 1, or one sentence and then each of those that share it or may have it."""
    if not answer.rows:
        return (answer.closest_miss or "No hardware runs any part.",)
    best = [row for row in answer.rows if row.rank == 1 or row.hardware in answer.tie_group]
    hidden = [name for name in answer.tie_group if name not in {row.hardware for row in best}]
    if len(best) + len(hidden) == 1:
        word = f" ({answer.certainty})" if answer.certainty else ""
        return (f"Recommended{word}: {_choice(best[0], answer)}",)
    name, why = ("Toss-up", "any of these may be the best") if answer.tie_group else ("Tie", "equal scores")
    return (
        f"{name} of {len(best) + len(hidden)}: {why}",
        *(_choice(row, answer) for row in best),
        *(f"{other}, below --top-k" for other in hidden),
    )


def columns(answer: WorkloadAnswer) -> tuple[str, ...]:
    """How the columns of the ranking are to be read, one line each."""
    if not answer.rows:
        return ()
    counted = {group.throughput_unit.removesuffix("/s") for group in answer.groups}
    unit = counted.pop() if len(counted) == 1 else "units"
    lines = {
        COST: f"cost: USD for 1,000 {unit} of the mix, by share over the parts that all run; C: what it"
        " would be with each part where it is cheapest, over that.",
        ENERGY: f"energy: J for one of the {unit} of the mix, by share over the parts that all run; E: what"
        " it would take with each part where it takes least, over that.",
    }
    return (*(lines[column] for column in spent(answer)), *wording.ranks(answer))


def runs(row: MixRow, answer: WorkloadAnswer) -> str:
    """``runs 2 of 3 parts``."""
    return f"runs {row.runnable} of {len(answer.groups)} parts"


def fixed(work: Work) -> str:
    """What a part fixes and how it is limited, in parentheses: `` (batch 8, bf16)``; or nothing."""
    values = (work.precision, work.compile_mode, work.memory_format)
    named = [f"batch {work.batch}"] if work.batch else []
    named += [value for value in values if value]
    own = Question(
        work.model,
        max_latency_s=work.max_latency_s,
        max_memory_bytes=work.max_memory_bytes,
        min_throughput=work.min_throughput,
    )
    named += limits(own)
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


def _choice(row: MixRow, answer: WorkloadAnswer) -> str:
    chance = f", P(best) {units.probability(row.p_best)}" if row.p_best is not None else ""
    return f"{row.hardware}, {runs(row, answer)}{chance}"


def _part(part: MixPart, unit: str) -> str:
    if part.configuration is None:
        return part.reason or "not measured"
    scores = (part.throughput_score, part.latency_score, part.memory_score)
    named = ", ".join(f"{letter} {units.score(s)}" for letter, s in zip("TLM", scores, strict=True))
    source = f"; {wording.result_ids(part.result_ids)}" if part.result_ids else ""
    return (
        f"{', '.join([label(part.configuration), *_quantities(part, unit)])}; {named};"
        f" compat. {units.score(part.compatibility)}{source}; environment {part.env_id}"
    )


def _quantities(part: MixPart, unit: str) -> Iterator[str]:
    """``4,214 samples/s``, then latency, memory, cost and energy, where they are known."""
    yield f"{units.number(part.throughput)} {unit}"
    if part.latency_s is not None:
        yield f"{part.latency_statistic} {units.seconds(part.latency_s)}"
    if part.memory_bytes is not None:
        yield f"{units.size(part.memory_bytes)} {part.memory_scope or ''}".rstrip()
    if part.cost_per_1k_usd is not None:
        yield f"{units.number(part.cost_per_1k_usd)} USD/1k"
    if part.energy_per_unit_j is not None:
        yield f"{units.number(part.energy_per_unit_j)} J/unit"
