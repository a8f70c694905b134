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
    r"|评测|评估|性能"
)
TRAINING = frozenset({"epoch", "step", "training loss"})
WHOSE = frozenset({"model", "models", "model name", "name", "method", "checkpoint", "模型", "模型名称"})
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
OWN, ANOTHERS = 0.75, 0.4  # how sure a figure is the card's own model's
BETWEEN = re.compile(r"[^\w.]|_")  # of a name's letters, of whatever script


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
    rows = table.rows[:MOST_ROWS]
    values = [[number(cell) for cell in row] for _, row in rows]
    columns = [n for n, cell in enumerate(header) if n and cell not in ASIDE]
    figures = [n for n in columns if any(n < len(row) and row[n] is not None for row in values)]
    kinds = _Columns(table, header, title)
    for (line, row), found in zip(rows, values, strict=True):
        quote = "| " + " | ".join(row) + " |"
        for n in figures:
            value = found[n] if n < len(found) else None
            if value is not None:
                metric, dataset, subject, sure = kinds.meaning(row, n)
                if not is_missing(metric):
                    score = Score(metric, row[n], value, dataset, subject=subject)
                    into.add("evaluation", score, Source.TABLE, quote, line, sure)


class _Columns:
    """What the header says of each column, found out once for all rows."""

    def __init__(self, table: Table, header: list[str], title: str | None) -> None:
        self.table, self.header, self.title = table, header, title
        self.metric_at = next((n for n, cell in enumerate(header) if cell in ("metric", "metrics")), None)
        self.known = [cell.strip(" ↑↓()%") in METRICS for cell in header]
        self.own = [title is not None and _same_model(cell, title) for cell in table.header]

    def meaning(self, row: tuple[str, ...], n: int) -> tuple[str, str | None, str | None, float]:
        """Of the figure in column ``n``: metric, dataset, whose it is (None: the card's model), how sure."""
        header, first, column, at = self.header, row[0], self.table.header[n], self.metric_at
        is_value = header[n] in VALUE or len(header) == 2
        if header[0] in WHOSE:
            mine = len(self.table.rows) == 1 or (self.title is not None and _same_model(first, self.title))
            return column, None, None if mine else first, OWN if mine else ANOTHERS
        if at is not None and at < len(row) and (at or is_value or not self.known[n]):
            mine = is_value or self.own[n] or len(header) <= 3
            return row[at], first if at else None, None if mine else column, OWN if mine else ANOTHERS
        if self.known[n]:
            return column, first or None, None, OWN
        if is_value or self.own[n]:
            return first, None, None, OWN
        return first, None, column, ANOTHERS


def _same_model(name: str, title: str) -> bool:
    ours, theirs = (
        BETWEEN.sub("", text.lower().rpartition("/")[2]).removesuffix("模型") for text in (title, name)
    )
    return bool(theirs) and (ours == theirs or theirs in ("ours", "thismodel", "ourmodel"))
