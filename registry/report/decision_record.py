"""A decision record on one page, as HTML or Markdown; nothing is computed here but the ratio of two figures.

Equal records give equal bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields

from .. import units
from ..answers import Answer, Recommendation, Rejected
from ..fit.configurations import label
from ..fit.decision import DecisionRecord, Standing
from ..records import Environment
from ..workloads import MixRow
from . import document, explanation, html, wording
from .asked import asked
from .document import Document, Section, Table
from .flags import flagged
from .spending import Spent, spent

COLUMNS = (
    "#", "P(best)", "hardware", "configuration", "throughput", "latency", "memory", "T", "L", "M",
    "compat.", "n", "environment", "results",
)  # fmt: skip
LEFT = frozenset({"hardware", "configuration", "environment", "results"})
EXPLAIN = "; --explain shows how each row was scored"
MEANT = {
    "clear": "clear: it has rank 1 in 95% of the draws or more",
    "likely": "likely: it has rank 1 in 80% to 95% of the draws, or too few processes ran to call it clear",
    "toss-up": "toss-up: what was measured does not tell these apart",
}


def to_html(record: DecisionRecord) -> str:
    """The record as one HTML file without script, that loads nothing."""
    return html.to_html(decision_document(record))


def to_markdown(record: DecisionRecord) -> str:
    """The record in GitHub's Markdown."""
    return document.to_markdown(decision_document(record))


def decision_document(record: DecisionRecord) -> Document:
    """The record's sections, from the question to where its numbers lie."""
    answer = record.answer
    found = (
        Section("Question", tuple(_question(answer))),
        Section("Answer", tuple(_answer(answer)), is_answer=True),
        Section("Runner-up", tuple(_runner_up(answer))),
        Section("What was compared", (wording.decided(answer.decided),), _ranking(answer)),
        Section("What was not measured, or does not run", table=rejections(answer.rejected)),
        Section("How rank 1 was scored", *_first(answer)),
        Section("To be known beside the numbers", (*answer.notes, *flagged(answer))),
        Section("How the numbers are to be read", wording.columns(answer) if answer.rows else ()),
        Section("Environments", table=environments(record.standing)),
        Section("How to ask again", tuple(provenance(record.standing, EXPLAIN)), commands=(record.command,)),
    )
    kept = tuple(section for section in found if section.lines or section.table or section.commands)
    return Document(f"Which hardware for {answer.group.model}?", kept)


def _question(answer: Answer) -> Iterator[str]:
    yield (
        f"Which hardware, in which configuration, suits {wording.group(answer.group)}?"
        f" Throughput in {answer.group.throughput_unit}."
    )
    fixed = asked(answer.question)
    yield f"Asked: {fixed}." if fixed else "Nothing else was fixed."
    yield f"Weights of profile {answer.profile}: {wording.weighing(answer)}."


def _answer(answer: Answer) -> Iterator[str]:
    yield from wording.recommendation(answer)
    if answer.certainty:
        yield f"How sure that is: {MEANT[answer.certainty]}."


def _runner_up(answer: Answer) -> Iterator[str]:
    """Who comes second, and by how much in what ranks."""
    if len(answer.rows) < 2:
        if answer.rows:
            n = len(answer.rejected)
            others = f"what stands against {n} other hardware is said below" if n else "no other has results"
            yield f"There is none: {others}."
        return
    first, second = answer.rows[:2]
    by = answer.question.rank_by
    scores = [units.score(getattr(row, by)) for row in (first, second)]
    yield f"{second.hardware} with {label(second.configuration)}."
    gap = getattr(first, by) - getattr(second, by)
    yield f"Gap in {by}: {scores[0]} − {scores[1]} = {explanation.exact(gap)}{lead(first)}."
    ratio = first.throughput / second.throughput if second.throughput else None
    if ratio:
        ends = [wording.spread(row) or "no spread known" for row in (first, second)]
        rates = [
            f"{units.number(row.throughput)} ({end})" for row, end in zip((first, second), ends, strict=True)
        ]
        yield f"Throughput: {rates[0]} against {rates[1]}, {ratio:.3g} times as much."


def lead(row: Recommendation | MixRow) -> str:
    """``; over the draws its lead …``, where it is known."""
    if row.lead_low is None or row.lead_high is None:
        return ""
    low, high = (f"{end:.3f}".replace("-", "−") for end in (row.lead_low, row.lead_high))
    return f"; over the draws its lead over the best of the others is {low} to {high} (95% interval)"


def _ranking(answer: Answer) -> Table | None:
    if not answer.rows:
        return None
    columns = spent(answer)
    quantities = tuple(f"{column.name}, {column.unit}" for column in columns)
    titles = (*COLUMNS[:7], *quantities, *COLUMNS[7:10], *(c.letter for c in columns), *COLUMNS[10:])
    rows = tuple(_cells(row, columns) for row in answer.rows)
    return Table(titles, rows, frozenset(titles) - LEFT, frozenset({"environment"}))


def _cells(row: Recommendation, columns: Sequence[Spent]) -> tuple[str, ...]:
    latency, memory = units.seconds(row.latency_s), units.size(row.memory_bytes)
    others = wording.rank_interval(row)
    return (
        f"{row.rank} ({others})" if others and others != str(row.rank) else str(row.rank),
        units.probability(row.p_best),
        row.hardware,
        label(row.configuration),
        f"{units.number(row.throughput)} {wording.spread(row)}".rstrip(),
        f"{latency} {row.latency_statistic}" if row.latency_s is not None else latency,
        f"{memory} {row.memory_scope}" if row.memory_bytes is not None else memory,
        *(column.value(row) for column in columns),
        *map(units.score, (row.throughput_score, row.latency_score, row.memory_score)),
        *(units.score(column.score(row)) for column in columns),
        units.score(row.compatibility),
        units.count(row.n),
        row.env_id,
        f"{row.evidence.tier}, {row.evidence.source}; {wording.result_ids(row.evidence.result_ids)}"
        if row.evidence.result_ids
        else f"{row.evidence.tier}, {row.evidence.source}",
    )


def rejections(rejected: Iterable[Rejected]) -> Table | None:
    """Hardware that is no answer, with why and what would measure it."""
    rows = tuple((entry.hardware, entry.reason, entry.remedy or "") for entry in rejected)
    columns = ("hardware", "why it is no answer", "what would measure it")
    return Table(columns, rows, code=frozenset({columns[2]})) if rows else None


def _first(answer: Answer) -> tuple[tuple[str, ...], None, tuple[str, ...]]:
    """The explanation of rank 1 and the command that measures it again."""
    if not answer.rows or answer.rows[0].explanation is None:
        return (), None, ()
    command = answer.rows[0].explanation.measure_again
    return explanation.lines(answer.rows[0], answer), None, (command,) if command else ()


def environments(standing: Standing) -> Table | None:
    """The environments with what is known of each."""
    rows = tuple(
        (env_id, environment.hardware, _facts(environment)) for env_id, environment in standing.environments
    )
    return (
        Table(("environment", "hardware", "facts"), rows, code=frozenset({"environment"})) if rows else None
    )


def _facts(environment: Environment) -> str:
    """``host gpu-box, driver 570.1, torch 2.13.0``: what is known of an environment, but its hardware."""
    known = {field.name: getattr(environment, field.name) for field in fields(Environment)}
    left = ("device_kind", "hardware", "device_memory_bytes")
    found = [
        f"{name.replace('_', ' ')} {value}"
        for name, value in known.items()
        if value is not None and name not in left
    ]
    size = environment.device_memory_bytes
    return ", ".join([*found, *((f"device memory {units.size(size)}",) if size else ())])


def provenance(standing: Standing, more: str = "") -> Iterator[str]:
    """Store, event, date and result ids of what an answer stands on; ``more``: how else to look at them."""
    yield f"Store {standing.store_id}, as it stood at event {standing.seq}; fitment {standing.fitment}."
    if standing.newest:
        yield f"The newest result it stands on came in at {standing.newest}."
    if standing.result_ids:
        yield f"Result ids: {', '.join(map(str, standing.result_ids))}."
    yield f"fitment diff ID ID sets two results side by side{more}."
