"""The sentences of an answer for a mix, shared by the terminal table and the Markdown export."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from .. import units
from ..answers import Question
from ..fit.configurations import label
from ..fit.workload_question import mix_profile
from ..workloads import MixPart, MixRow, Work, WorkloadAnswer
from . import wording
from .asked import asked, devices, limits, rate
from .choice import chosen
from .spending import COST, ENERGY, spent


def title(answer: WorkloadAnswer) -> str:
    """``mix.toml: 3 parts``."""
    n = len(answer.groups)
    return f"{answer.mix.name}: a mix of {n} part{'s' if n > 1 else ''}"


def heading(answer: WorkloadAnswer) -> tuple[str, ...]:
    """What leads a report: the recommendation, what was asked, the parts with their shares, the weights."""
    question = of_parts(answer.question)
    return (
        *recommendation(answer),
        *((f"Asked of each part: {question}.",) if question else ()),
        *((f"Asked of the mix: {', '.join(of_mix)}.",) if (of_mix := of_whole(answer.question)) else ()),
        f"Parts: {'; '.join(listed(answer))}.",
        f"Profile {answer.profile}: {weighing(answer)}; T, L and M are geometric means over the parts,"
        " weighted by share.",
    )


def weighing(answer: WorkloadAnswer) -> str:
    """``compatibility = 0.50 T + …`` as it was used; what the profile weighs and no score could is named."""
    wanted = mix_profile(answer.mix, answer.question).weights
    return f"compatibility = {wording.formula(answer.weights, wanted)}"


def of_parts(question: Question) -> str:
    """What was asked of each part, in words."""
    return asked(replace(question, target_rate=None, profile=None))


def of_whole(question: Question) -> list[str]:
    """What was asked of the mix as a whole, in words."""
    return [
        *([f"weights of {question.profile.name}"] if question.profile else []),
        *limits(Question("", target_rate=question.target_rate, target_unit=question.target_unit)),
    ]


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
    return chosen(answer.rows, answer.tie_group, lambda row: _choice(row, answer), certainty=answer.certainty)


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
    spreads = (spread(part) for row in answer.rows for part in row.parts)
    return (
        *(lines[column] for column in spent(answer)),
        *wording.spreads(spreads, "the throughput's"),
        *wording.ranks(answer),
        *_rated(answer),
        *_by_suitability(answer),
    )


def _rated(answer: WorkloadAnswer) -> tuple[str, ...]:
    """What devices for a rate stand on."""
    if answer.question.target_rate is None:
        return ()
    return (
        "devices: rate / that of the mix, rounded up; that of the mix is 1 / (share / throughput, added up"
        " over all parts), as of a device that does the parts in turn; in parentheses, with all parts at the"
        " fast or slow end of their 95% intervals.",
    )


def _by_suitability(answer: WorkloadAnswer) -> tuple[str, ...]:
    """What ranks, where it is not the compatibility."""
    if answer.question.rank_by != "suitability":
        return ()
    return (
        "suitab.: compatibility × the geometric mean of the parts' c(n) = min(1, 0.5 + 0.1 n), weighted by"
        " share; it chooses each part's configuration and ranks.",
    )


def spread(part: MixPart) -> str:
    """``±1.2%``: half the interval of a part's throughput; empty where nothing is known."""
    return wording.marked_spread(part.throughput_low, part.throughput_high, part.interval_basis)


def rated(row: MixRow, answer: WorkloadAnswer) -> str | None:
    """``12 devices (11–13) for 500 samples/s of the mix, 8.28 USD an hour``, or what stands against it."""
    asked_for = answer.question.target_rate
    if asked_for is None:
        return None
    unit = answer.groups[0].throughput_unit
    needed = devices(row, answer.question, f"{unit} of the mix")
    if needed is None or row.devices is None:
        idle = [str(place) for place, part in enumerate(row.parts, 1) if part.configuration is None]
        noun = "part" if len(idle) == 1 else "parts"
        listed = f"{noun} {', '.join(idle)}"
        return f"no number of devices reaches {rate(asked_for)} {unit} of the mix: {listed} can't run"
    price = row.usd_per_device_hour
    cost = "" if price is None else f", {units.number(price * row.devices)} USD an hour"
    return f"{needed}{cost}; one does {units.number(row.throughput)} {unit} of the mix"


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
    """The rate of a row, then each part in a line, with the command that would measure what is missing."""
    if needed := rated(row, answer):
        yield needed, None
    for place, (group, part) in enumerate(zip(answer.groups, row.parts, strict=True), 1):
        yield f"part {place}, {group.model}: {_part(part, group.throughput_unit)}", part.remedy


def _choice(row: MixRow, answer: WorkloadAnswer) -> str:
    chance = f", P(best) {units.probability(row.p_best)}" if row.p_best is not None else ""
    needed = devices(row, answer.question, answer.groups[0].throughput_unit)
    return f"{row.hardware}, {runs(row, answer)}{chance}{f'; {needed}' if needed else ''}"


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
    yield f"{units.number(part.throughput)} {unit} {spread(part)}".rstrip()
    if part.latency_s is not None:
        yield f"{part.latency_statistic} {units.seconds(part.latency_s)}"
    if part.memory_bytes is not None:
        yield f"{units.size(part.memory_bytes)} {part.memory_scope or ''}".rstrip()
    if part.cost_per_1k_usd is not None:
        yield f"{units.number(part.cost_per_1k_usd)} USD/1k"
    if part.energy_per_unit_j is not None:
        yield f"{units.number(part.energy_per_unit_j)} J/unit"
