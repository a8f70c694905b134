"""A page of headed sections, before it is HTML or Markdown; its texts are plain and made inert by both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .chart_text import in_words, twin
from .charts import Chart
from .markdown import bullets, table
from .text import markdown_cell
from .text_table import Table as Table

PLAIN = re.compile(r"""[A-Za-z0-9 _./:=,'"@+-]*""")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with lines, then a table, charts, and commands to copy."""

    title: str
    lines: tuple[str, ...] = ()
    table: Table | None = None
    commands: tuple[str, ...] = ()
    is_answer: bool = False  # what the page is read for
    charts: tuple[Chart, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A title and its sections."""

    title: str
    sections: tuple[Section, ...]


def to_markdown(document: Document) -> str:
    """The document in GitHub's Markdown, with all foreign text inert."""
    return "\n".join(_lines(document)) + "\n"


def _lines(document: Document) -> Iterator[str]:
    yield f"# {markdown_cell(document.title)}"
    for section in document.sections:
        yield from ("", f"## {markdown_cell(section.title)}", "")
        yield from bullets(section.lines)
        if section.table:
            if section.lines:
                yield ""
            yield from table(section.table.columns, section.table.rows, section.table.right)
        for chart in section.charts:
            yield from _chart(chart)
        for command in section.commands:
            yield from _command(command)


def _chart(chart: Chart) -> Iterator[str]:
    """The chart's figures as a table under its title."""
    said = twin(chart)
    yield from ("", f"### {markdown_cell(chart.title)}", "")
    yield from bullets(in_words(chart))
    if said.rows:
        yield ""
        yield from table(said.columns, said.rows, said.right)


def _command(command: str) -> Iterator[str]:
    """A command as a block to copy; as inert text where it holds more than a command's usual characters."""
    if PLAIN.fullmatch(command):
        yield from ("", "```", command, "```")
    else:
        yield from bullets([command])
