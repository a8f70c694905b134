"""What questions about models lead to: as a table, CSV, JSON, or the graph that they span."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ...lineage.ecosystem import Ecosystem
from ...lineage.kinds import View
from ...lineage.questions.part import subgraph
from ...lineage.questions.relatives import Answer, Relative, relatives
from ..text import terminal
from .graph import csv_lines, graph_lines
from .graph_json import graph_lists, json_lines
from .words import along, amount, day, left_out, made_by, several

MOST_SHOWN = 50  # rows of a table for each model, unless others are asked for


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked of each model: words for one that answers it and for several, and along which edges."""

    one: str
    several: str
    view: View


@dataclass(frozen=True, slots=True)
class Found:
    """How many models answer the question about one; the root where one of them is named."""

    model: str
    found: int
    root: str | None


def answer_lines(
    ecosystem: Ecosystem, question: Question, answers: Sequence[Answer], form: str, limit: int | None
) -> Iterator[str]:
    """The answers as lines of ``form``: table, json, csv, dot or graphml; of each the first ``limit``.

    A graph holds the models that are asked for and those that answer, with the edges of the view between.
    """
    if form == "table":
        return _table(ecosystem, question, answers, limit or MOST_SHOWN)
    shown = [answer.first(limit) for answer in answers]
    rows = (row for answer in shown for row in relatives(ecosystem, answer))
    if form == "csv":
        return csv_lines(Relative, rows)
    models = np.concatenate([np.append(answer.asked, answer.models) for answer in shown])
    part = subgraph(ecosystem, models, view=question.view)
    head: dict[str, object] = {"question": question.several, "view": question.view.name}
    if form != "json":
        return graph_lines(part, form, head)
    asked = (_found(ecosystem, answer) for answer in answers)
    return json_lines(head, {"asked": asked, "answers": rows, **graph_lists(part)})


def _found(ecosystem: Ecosystem, answer: Answer) -> Found:
    names = ecosystem.names
    return Found(names[answer.asked], len(answer.models), None if answer.root is None else names[answer.root])


def _table(ecosystem: Ecosystem, question: Question, answers: Sequence[Answer], limit: int) -> Iterator[str]:
    from ..listing import listed

    yield f"{terminal(_title(ecosystem, question, answers))}\n"
    rows = [row for answer in answers for row in relatives(ecosystem, answer.first(limit))]
    if rows:
        yield "\n" + listed(rows, "table", _columns(answers), Relative)
    more = sum(max(0, len(answer.models) - limit) for answer in answers)
    if more:
        yield f"\n{left_out(more)}\n"


def _title(ecosystem: Ecosystem, question: Question, answers: Sequence[Answer]) -> str:
    """``a/b: 3 ancestors along finetune edges``, or how many of how many models."""
    total = sum(len(answer.models) for answer in answers)
    counted = several(total, question.one, question.several) if total else f"no {question.several}"
    words = f"{counted}{along(question.view)}"
    if len(answers) > 1:
        without = sum(not len(answer.models) for answer in answers)
        verb = "has" if without == 1 else "have"
        return f"{len(answers):,} models: {words}" + (f"; {without:,} {verb} none" if without else "")
    found = _found(ecosystem, answers[0])
    return f"{found.model}: {words}" + (f"; canonical root {found.root}" if found.root else "")


def _columns(answers: Sequence[Answer]) -> dict[str, Callable[[Relative], object]]:
    """Only those that this question fills."""
    columns: dict[str, Callable[[Relative], object]] = {"model": lambda row: row.model}
    if len(answers) > 1:
        columns = {"asked": lambda row: row.asked, **columns}
    if any(answer.hops is not None for answer in answers):
        columns |= {
            "hops": lambda row: row.hops,
            "made by": lambda row: made_by(row.label, row.kinds),
            "through": lambda row: row.through,
        }
    if len(answers) > 1 and any(answer.root is not None for answer in answers):
        columns["canonical root"] = lambda row: row.root
    return columns | {
        "created": lambda row: day(row.created),
        "downloads": lambda row: amount(row.downloads),
        "licence": lambda row: ", ".join(row.licences),
    }
