"""A decision record on one page, as HTML or Markdown; nothing is computed here but the ratio of two figures.

Equal records give equal bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .. import units
from ..answers import Answer, Inherited, Recommendation
from ..fit.configurations import label
from ..fit.decision import DecisionRecord
from . import document, explanation, html, inherited_words, wording
from .asked import asked
from .document import Document, Section, Table
from .flags import flagged
from .record_page import answered, fixed, gap, page, ranked, rejections
from .spending import Spent, spent

COLUMNS = (
    "#", "P(best)", "hardware", "configuration", "throughput", "latency", "memory", "T", "L", "M",
    "compat.", "n", "environment", "results",
)  # fmt: skip
LEFT = frozenset({"hardware", "configuration", "environment", "results"})


def to_html(record: DecisionRecord) -> str:
    """The record as one HTML file without script, that loads nothing."""
    return html.to_html(decision_document(record))


def to_markdown(record: DecisionRecord) -> str:
    """The record in GitHub's Markdown."""
    return document.to_markdown(decision_document(record))


def decision_document(record: DecisionRecord) -> Document:
    """The record's sections, from the question to where its numbers lie."""
    answer = record.answer
    return page(
        f"Which hardware for {answer.group.model}?",
        question=_question(answer),
        answer=answered(wording.recommendation(answer), answer.certainty),
        runner_up=_runner_up(answer),
        evidence=(
            Section("What was compared", (wording.decided(answer.decided),), _ranking(answer)),
            Section("What was not measured, or does not run", table=rejections(answer.rejected)),
            Section("How rank 1 was scored", *_first(answer)),
            *(section for each in answer.inherited for section in _inherited(each)),
        ),
        notes=(*answer.notes, *flagged(answer)),
        columns=inherited_words.legend(answer),
        standing=record.standing,
        command=record.command,
    )


def _question(answer: Answer) -> Iterator[str]:
    yield (
        f"Which hardware, in which configuration, suits {wording.group(answer.group)}?"
        f" Throughput in {answer.group.throughput_unit}."
    )
    yield fixed(asked(answer.question))
    yield f"Weights of profile {answer.profile}: {wording.weighing(answer)}."


def _runner_up(answer: Answer) -> Iterator[str]:
    """Who comes second, and by how much in what ranks."""
    if len(answer.rows) < 2:
        if answer.rows:
            n = len(answer.rejected)
            others = f"what stands against {n} other hardware is said below" if n else "no other has results"
            yield f"There is none: {others}."
        return
    first, second = answer.rows[:2]
    yield f"{second.hardware} with {label(second.configuration)}."
    yield from filter(None, [gap(answer)])
    ratio = first.throughput / second.throughput if second.throughput else None
    if ratio:
        ends = [wording.spread(row) or "no spread known" for row in (first, second)]
        rates = [
            f"{units.number(row.throughput)} ({end})" for row, end in zip((first, second), ends, strict=True)
        ]
        yield f"Throughput: {rates[0]} against {rates[1]}, {ratio:.3g} times as much."


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
    return (
        ranked(row),
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


def _first(answer: Answer) -> tuple[tuple[str, ...], None, tuple[str, ...]]:
    """The explanation of rank 1 and the command that measures it again."""
    if not answer.rows or answer.rows[0].explanation is None:
        return (), None, ()
    command = answer.rows[0].explanation.measure_again
    return explanation.lines(answer.rows[0], answer), None, (command,) if command else ()


def _inherited(each: Inherited) -> Iterator[Section]:
    """What a base's results say, apart from what the model's own do."""
    commands = (each.command,) if each.command else ()
    said = (*inherited_words.lines(each), *inherited_words.notes(each))
    yield Section(inherited_words.title(each), said, _ranking(each.answer), commands)
    for row in each.answer.rows[:1]:
        yield Section(f"How rank {row.rank} of {each.base} was scored", *_first(each.answer))
