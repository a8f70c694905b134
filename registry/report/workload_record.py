"""A decision about a mix of models on one page, as HTML or Markdown; nothing is computed here but a gap.

Equal records give equal bytes.
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import units
from ..fit.configurations import label
from ..fit.workload_decision import WorkloadRecord
from ..workloads import MixPart, MixRow, WorkloadAnswer
from . import document, html, wording, workload_explanation, workload_text
from .document import Document, Section, Table
from .record_page import answered, fixed, gap, page, rejections
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
    return page(
        f"Which hardware for the mix {answer.mix.name}?",
        question=_question(answer),
        answer=answered(workload_text.recommendation(answer), answer.certainty),
        runner_up=_runner_up(answer),
        evidence=(
            Section("Ranking", table=_ranking(answer)),
            Section("What each does in each part", table=_parts(answer)),
            Section("What was not measured, or does not run", table=_lacking(answer)),
            Section("Hardware that runs no part", table=rejections(answer.rejected)),
            *_first(answer),
        ),
        notes=(*answer.notes, *workload_explanation.beside(answer)),
        columns=workload_text.columns(answer),
        standing=record.standing,
        command=record.command,
    )


def _question(answer: WorkloadAnswer) -> Iterator[str]:
    yield "Which hardware, with which configuration in each part, suits this mix?"
    yield from workload_text.listed(answer)
    yield fixed(workload_text.of_parts(answer.question), "Asked of each part")
    if of_mix := workload_text.of_whole(answer.question):
        yield f"Asked of the mix: {', '.join(of_mix)}."
    yield (
        f"Weights of profile {answer.profile}: {workload_text.weighing(answer)}; T, L and M are geometric"
        " means."
    )


def _runner_up(answer: WorkloadAnswer) -> Iterator[str]:
    """Who comes second, and by how much in what ranks."""
    if len(answer.rows) < 2:
        if answer.rows:
            yield "There is none: no other hardware runs any part of this mix."
        return
    first, second = answer.rows[:2]
    yield f"{second.hardware}, {workload_text.runs(second, answer)}."
    yield from filter(None, [gap(answer), *(_rate(row, answer) for row in (first, second))])


def _rate(row: MixRow, answer: WorkloadAnswer) -> str | None:
    needed = workload_text.rated(row, answer)
    return f"{row.hardware}: {needed}." if needed else None


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
        f"{units.number(part.throughput)} {unit} {workload_text.spread(part)}".rstrip(),
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


def _first(answer: WorkloadAnswer) -> Iterator[Section]:
    """How rank 1 was scored, then each of its parts with the command that measures it again."""
    if not answer.rows:
        return
    row = answer.rows[0]
    said = f"{row.hardware}, {workload_text.runs(row, answer)}."
    yield Section("How rank 1 was scored", (said, *workload_explanation.lines(row, answer)))
    if not workload_explanation.is_explained(row):
        return
    for place in range(len(row.parts)):
        name, lines, command = workload_explanation.of_part(row, place, answer)
        yield Section(f"Rank 1 in part {name}", lines, commands=(command,) if command else ())
