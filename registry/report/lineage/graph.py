"""A subgraph as the lines of a graph file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from ...lineage.questions.part import Subgraph
from ...lineage.questions.rows import EdgeRow, edge_rows
from ..graph_text import moment
from ..text import csv_line
from .dot import dot_lines
from .graph_json import graph_lists, json_lines
from .graphml import graphml_lines


def graph_lines(part: Subgraph, form: str, head: dict[str, object]) -> Iterator[str]:
    """The subgraph as dot, graphml, json, which also says ``head``, or csv, which holds its edges alone."""
    if form == "dot":
        return dot_lines(part)
    if form == "graphml":
        return graphml_lines(part)
    if form == "json":
        return json_lines(head, graph_lists(part))
    return csv_lines(EdgeRow, edge_rows(part))


def csv_lines(kind: type[Any], rows: Iterator[Any]) -> Iterator[str]:
    """A header and a line for each record of one ``kind``; lists with blanks between, empty for None."""
    names: tuple[str, ...] = kind.__slots__
    yield csv_line(names)
    for row in rows:
        yield csv_line(_cell(getattr(row, name)) for name in names)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return " ".join(map(str, value))
    return moment(value) if isinstance(value, datetime) else str(value)
