"""What the decision records of one model and of a mix have in common: the page, and where its numbers lie."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields

from .. import units
from ..answers import Answer, Recommendation, Rejected
from ..fit.decision import Standing
from ..records import Environment
from ..workloads import MixRow, WorkloadAnswer
from . import explanation, wording
from .document import Document, Section, Table

MEANT = {
    "clear": "clear: it has rank 1 in 95% of the draws or more",
    "likely": "likely: it has rank 1 in 80% to 95% of the draws, or too few processes ran to call it clear",
    "toss-up": "toss-up: what was measured does not tell these apart",
}


def page(
    title: str,
    *,
    question: Iterable[str],
    answer: Iterable[str],
    runner_up: Iterable[str],
    evidence: Iterable[Section],
    notes: Iterable[str],
    columns: Iterable[str],
    standing: Standing,
    command: str,
) -> Document:
    """The record's sections, from the question to where its numbers lie; those without content are left out.

    ``evidence``: what was compared, what was not measured, how rank 1 was scored. ``command`` asks again.
    """
    found = (
        Section("Question", tuple(question)),
        Section("Answer", tuple(answer), is_answer=True),
        Section("Runner-up", tuple(runner_up)),
        *evidence,
        Section("To be known beside the numbers", tuple(notes)),
        Section("How the numbers are to be read", tuple(columns)),
        Section("Environments", table=environments(standing)),
        Section("How to ask again", tuple(provenance(standing)), commands=(command,)),
    )
    return Document(
        title, tuple(section for section in found if section.lines or section.table or section.commands)
    )


def fixed(asked: str, whose: str = "Asked") -> str:
    """What the question fixes, as a sentence."""
    return f"{whose}: {asked}." if asked else "Nothing else was fixed."


def answered(recommendation: Iterable[str], certainty: str | None) -> Iterator[str]:
    """The recommendation, and what its word means."""
    yield from recommendation
    if certainty:
        yield f"How sure that is: {MEANT[certainty]}."


def gap(answer: Answer | WorkloadAnswer) -> str | None:
    """``Gap in compatibility: 0.900 − 0.250 = 0.65; over the draws …``, of the first and second row.

    By what ranks; None where one of them has no score.
    """
    by = answer.question.rank_by
    first, second = (getattr(row, by) for row in answer.rows[:2])
    if first is None or second is None:
        return None
    difference = explanation.exact(first - second)
    return f"Gap in {by}: {units.score(first)} − {units.score(second)} = {difference}{lead(answer.rows[0])}."


def lead(row: Recommendation | MixRow) -> str:
    """``; over the draws its lead …``, where it is known."""
    if row.lead_low is None or row.lead_high is None:
        return ""
    low, high = (f"{end:.3f}".replace("-", "−") for end in (row.lead_low, row.lead_high))
    return f"; over the draws its lead over the best of the others is {low} to {high} (95% interval)"


def ranked(row: Recommendation | MixRow) -> str:
    """``1 (1–2)``: the rank, and those that it may have where they are others."""
    others = wording.rank_interval(row)
    return f"{row.rank} ({others})" if others and others != str(row.rank) else str(row.rank)


def rejections(rejected: Iterable[Rejected]) -> Table | None:
    """Hardware that is no answer, with why and what would measure it."""
    rows = tuple((entry.hardware, entry.reason, entry.remedy or "") for entry in rejected)
    columns = ("hardware", "why it is no answer", "what would measure it")
    return Table(columns, rows, code=frozenset({columns[2]})) if rows else None


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


def provenance(standing: Standing) -> Iterator[str]:
    """Store, event, date and result ids of what an answer stands on, and how else to look at them."""
    yield f"Store {standing.store_id}, as it stood at event {standing.seq}; fitment {standing.fitment}."
    if standing.newest:
        yield f"The newest result it stands on came in at {standing.newest}."
    if standing.result_ids:
        yield f"Result ids: {wording.id_runs(standing.result_ids)}."
    yield "fitment diff ID ID sets two results side by side; --explain shows how each row was scored."
