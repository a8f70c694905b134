"""A document on a terminal: what its Markdown says, section by section."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, ConsoleOptions, RenderableType
from rich.text import Text

from .chart_text import in_words, twin
from .charts import Chart
from .document import Document, Table
from .fitted import Fitted, folded
from .screen import ruled_table
from .text import terminal


class DocumentTable:
    """A renderable of a document."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        width = options.max_width
        yield folded(self.document.title, width, indent="  ", style="bold")
        for section in self.document.sections:
            yield Text()
            yield folded(section.title, width, indent="  ", style="bold")
            for line in (*section.lines, *section.commands):
                yield folded(line, width, prefix="  ", indent="    ")
            if section.table:
                yield _drawn(section.table)
            for chart in section.charts:
                yield from _said(chart, width)


def _said(chart: Chart, width: int) -> Iterator[RenderableType]:
    """The chart's figures as a table under its title."""
    table = twin(chart)
    yield Text()
    yield folded(chart.title, width, prefix="  ", indent="    ", style="italic")
    for line in in_words(chart):
        yield folded(line, width, prefix="  ", indent="    ")
    if table.rows:
        yield _drawn(table)


def _drawn(table: Table) -> RenderableType:
    drawn = ruled_table()
    for column in table.columns:
        drawn.add_column(Text(terminal(column)), justify="right" if column in table.right else "left")
    for row in table.rows:
        drawn.add_row(*(Fitted((cell, "")) for cell in row))
    return drawn
