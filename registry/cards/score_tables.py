"""Results that stand in a card's tables."""

from __future__ import annotations

import re

from .body import Body
from .card import Score, Source
from .collected import Collected
from .markdown_tables import Table, number
from .missing import is_missing
from .vocabulary import METRICS

ABOUT_RESULTS = re.compile(
    r"evaluation|results?\b|performance|benchmark|metrics|accuracy|scores?\b|leaderboard"
)
TRAINING = frozenset({"epoch", "step", "training loss"})
WHAT = frozenset(
    {
        "benchmark",
        "benchmarks",
        "dataset",
        "task",
        "tasks",
        "metric",
        "metrics",
        "test set",
        "category",
        "eval",
        "evaluation",
        "",
    }
)
WHOSE = frozenset({"model", "models", "model name", "name", "method", "checkpoint"})
VALUE = frozenset({"value", "score", "result", "results", "test", "validation", "dev"})
ASIDE = frozenset(
    {
        "shots",
        "n-shot",
        "#shots",
        "# shots",
        "version",
        "filter",
        "stderr",
        "language",
        "lang",
        "size",
        "params",
        "parameters",
        "#params",
        "link",
        "date",
        "notes",
        "",
        "epoch",
        "step",
        "support",
        "split",
    }
)
MOST_ROWS = 400


def read_score_tables(body: Body, title: str | None, into: Collected) -> None:
    """Adds the figures of the tables that are about results. ``title``: the model's own name."""
    for table in body.tables:
        header = [cell.lower() for cell in table.header]
        if set(header) >= TRAINING or {"epoch", "step"} <= set(header):
            _last_step(table, into)
        elif len(header) >= 2 and _is_about_results(table, header):
            _rows(table, header, title, into)


def _is_about_results(table: Table, header: list[str]) -> bool:
    return (
        ABOUT_RESULTS.search(table.section) is not None
        or any(cell.strip(" ↑↓()%") in METRICS for cell in header)
        or header[0] in ("benchmark", "benchmarks", "metric", "metrics")
    )


def _last_step(table: Table, into: Collected) -> None:
    """Of a trainer's progress the last row; the steps before it are no result."""
    if not table.rows:
        return
    line, row = table.rows[-1]
    for name, cell in zip(table.header, row, strict=False):
        if name.lower() not in TRAINING and number(cell) is not None:
            score = Score(name.removeprefix("Validation "), cell, number(cell))
            into.add("evaluation", score, Source.TRAINER, f"{name}: {cell}", line, 0.7)


def _rows(table: Table, header: list[str], title: str | None, into: Collected) -> None:
    columns = [n for n, cell in enumerate(header) if n and cell not in ASIDE]
    labels = [n for n in columns if all(number(row[n]) is None for _, row in table.rows if n < len(row))]
    figures = [n for n in columns if n not in labels]
    metric_at = next((n for n, cell in enumerate(header) if cell in ("metric", "metrics")), None)
    own = [n for n in figures if title and _same_model(table.header[n], title)]
    for line, row in table.rows[:MOST_ROWS]:
        quote = "| " + " | ".join(row) + " |"
        for n in figures:
            if n < len(row) and number(row[n]) is not None:
                score, sure = _score(table, header, row, n, metric_at, title, bool(own))
                if not is_missing(score.metric):
                    into.add("evaluation", score, Source.TABLE, quote, line, sure)


def _score(
    table: Table,
    header: list[str],
    row: tuple[str, ...],
    n: int,
    metric_at: int | None,
    title: str | None,
    has_own: bool,
) -> tuple[Score, float]:
    """The figure in column ``n``: whose it is, of what, and how sure that is."""
    first, column, value = row[0], table.header[n], number(row[n])
    known = header[n].strip(" ↑↓()%") in METRICS
    if header[0] in WHOSE:
        mine = title is not None and _same_model(first, title)
        subject = None if mine or len(table.rows) == 1 else first
        score = Score(column, row[n], value, subject=subject)
        return score, 0.75 if subject is None else 0.4
    if (
        metric_at is not None
        and metric_at < len(row)
        and (metric_at != 0 or header[n] in VALUE or len(header) == 2)
    ):
        dataset = first if metric_at else None
        subject = (
            None
            if header[n] in VALUE or (title and _same_model(column, title)) or len(header) <= 3
            else column
        )
        return Score(
            row[metric_at], row[n], value, dataset, subject=subject
        ), 0.75 if subject is None else 0.4
    if known:
        return Score(column, row[n], value, dataset=first or None), 0.75
    if header[n] in VALUE or len(header) == 2:
        return Score(first, row[n], value), 0.7
    if title and _same_model(column, title):
        return Score(first, row[n], value), 0.75
    if has_own:
        return Score(first, row[n], value, subject=column), 0.4
    return Score(first, row[n], value, subject=column), 0.4


def _same_model(name: str, title: str) -> bool:
    ours, theirs = (re.sub(r"[^a-z0-9.]", "", text.lower().rpartition("/")[2]) for text in (title, name))
    return bool(theirs) and (ours == theirs or theirs in ("ours", "thismodel", "ourmodel"))
