"""A decision about a mix of models on one page, as HTML or Markdown; nothing is computed here but a gap.

Equal records give equal bytes.
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import units
from ..fit.configurations import label
from ..fit.workload_decision import WorkloadRecord
from ..workloads import MixPart, MixRow, WorkloadAnswer
from . import document, explanation, html, wording, workload_text
from .asked import asked
from .decision_record import MEANT, environments, lead, provenance, rejections
from .document import Document, Section, Table
from .workload_export import LEFT, ranking

COLUMNS = (
    "hardware", "part", "configuration", "throughput", "latency", "memory", "T", "L", "M", "compat.", "n",
    "environment", "results",
)  # fmt: skip
TEXTS = frozenset({"hardware", "part", "configuration", "environment", "results"})


def to_html(record: WorkloadRecord) -> str:
    """The record as one HTML file without script, that loads nothing."""
    return html.to_html(workload_document(record))


def to_markdown(record: WorkloadRecord) -> str:
    """The record in GitHub's Markdown."""
    return document.to_markdown(workload_document(record))


def workload_document(record: WorkloadRecord) -> Document:
    """The record's sections, from the question to where its numbers lie."""
    answer = record.answer
    found = (
        Section("Question", tuple(_question(answer))),
        Section("Answer", tuple(_answer(answer)), is_answer=True),
        Section("Runner-up", tuple(_runner_up(answer))),
        Section("Ranking", table=_ranking(answer)),
        Section("What each does in each part", table=_parts(answer)),
        Section("What was not measured, or does not run", table=_lacking(answer)),
        Section("Hardware that runs no part", table=rejections(answer.rejected)),
        Section("How rank 1 was scored", tuple(_first(answer))),
        Section("To be known beside the numbers", answer.notes),
        Section("How the numbers are to be read", workload_text.columns(answer)),
        Section("Environments", table=environments(record.standing)),
        Section("How to ask again", tuple(provenance(record.standing)), commands=(record.command,)),
    )
    kept = tuple(section for section in found if section.lines or section.table or section.commands)
    return Document(f"Which hardware for the mix {answer.mix.name}?", kept)


def _question(answer: WorkloadAnswer) -> Iterator[str]:
    yield "Which hardware, with which configuration in each part, suits this mix?"
    yield from workload_text.listed(answer)
    fixed = asked(answer.question)
    yield f"Asked of each part: {fixed}." if fixed else "Nothing else was fixed."
    formula = wording.formula(answer.weights)
    yield f"Weights of profile {answer.profile}: compatibility = {formula}; T, L and M are geometric means."


def _answer(answer: WorkloadAnswer) -> Iterator[str]:
    yield from workload_text.recommendation(answer)
    if answer.certainty:
        yield f"How sure that is: {MEANT[answer.certainty]}."


def _runner_up(answer: WorkloadAnswer) -> Iterator[str]:
    """Who comes second, and by how much in what ranks."""
    if len(answer.rows) < 2:
        if answer.rows:
            yield "There is none: no other hardware runs any part of this mix."
        return
    first, second = answer.rows[:2]
    yield f"{second.hardware}, {workload_text.runs(second, answer)}."
    if first.compatibility is None or second.compatibility is None:
        return
    scores = [units.score(row.compatibility) for row in (first, second)]
    gap = explanation.exact(first.compatibility - second.compatibility)
    yield f"Gap in compatibility: {scores[0]} − {scores[1]} = {gap}{lead(first)}."


def _ranking(answer: WorkloadAnswer) -> Table | None:
    columns, rows = ranking(answer)
    return Table(columns, tuple(rows), frozenset(columns) - LEFT) if rows else None


def _parts(answer: WorkloadAnswer) -> Table | None:
    """A row for each part that each hardware runs."""
    rows = tuple(
        _cells(row, part, f"{place}. {group.model}", group.throughput_unit)
        for row in answer.rows
        for place, (group, part) in enumerate(zip(answer.groups, row.parts, strict=True), 1)
        if part.configuration is not None
    )
    return Table(COLUMNS, rows, frozenset(COLUMNS) - TEXTS, frozenset({"environment"})) if rows else None


def _cells(row: MixRow, part: MixPart, name: str, unit: str) -> tuple[str, ...]:
    latency, memory = units.seconds(part.latency_s), units.size(part.memory_bytes)
    scores = (part.throughput_score, part.latency_score, part.memory_score, part.compatibility)
    return (
        row.hardware,
        name,
        label(part.configuration) if part.configuration else units.ABSENT,
        f"{units.number(part.throughput)} {unit}",
        f"{latency} {part.latency_statistic}" if part.latency_s is not None else latency,
        f"{memory} {part.memory_scope}" if part.memory_bytes is not None else memory,
        *map(units.score, scores),
        units.count(part.n),
        part.env_id or "",
        wording.result_ids(part.result_ids) if part.result_ids else "",
    )


def _lacking(answer: WorkloadAnswer) -> Table | None:
    """The parts that ranked hardware does not run, with why and what would measure it."""
    rows = tuple(
        (row.hardware, f"{place}. {group.model}", part.reason or "not measured", part.remedy or "")
        for row in answer.rows
        for place, (group, part) in enumerate(zip(answer.groups, row.parts, strict=True), 1)
        if part.configuration is None
    )
    columns = ("hardware", "part", "why it does not run", "what would measure it")
    return Table(columns, rows, code=frozenset({columns[3]})) if rows else None


def _first(answer: WorkloadAnswer) -> Iterator[str]:
    """The means of rank 1 from its parts, and the sum of them that is its score."""
    if not answer.rows or (score := answer.rows[0].compatibility) is None:
        return
    row = answer.rows[0]
    yield f"{row.hardware}, {workload_text.runs(row, answer)}."
    common = [i for i, everywhere in enumerate(answer.everywhere) if everywhere]
    total = sum(answer.shares[i] for i in common)
    for letter, field in (("T", "throughput_score"), ("L", "latency_score"), ("M", "memory_score")):
        mean = getattr(row, field)
        if mean is not None and getattr(answer.weights, field.removesuffix("_score")):
            of_parts = [
                f"{explanation.exact(getattr(row.parts[i], field))}^{answer.shares[i] / total:.3g}"
                for i in common
            ]
            yield f"{letter} = {' × '.join(of_parts)} = {explanation.exact(mean)}."
    spent = (("C", row.cost_score, answer.weights.cost), ("E", row.energy_score, answer.weights.energy))
    yield from (
        f"{letter} = {explanation.exact(x)}." for letter, x, weight in spent if weight and x is not None
    )
    yield f"compatibility = {wording.formula(answer.weights)} = {explanation.exact(score)}."
