"""A subgraph in Graphviz's language, line by line; names of others are inert in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from ...lineage.questions.part import Subgraph
from ...lineage.questions.rows import edge_rows, model_rows, said
from ..graph_text import moment, visible


def dot_lines(part: Subgraph) -> Iterator[str]:
    """The lines of a digraph; nodes are n0, n1 … and say their names as labels.

    Fields of ``rows.ModelRow`` and ``rows.EdgeRow`` are attributes; those that nobody said are left out.
    """
    yield "digraph lineage {\n"
    yield "  node [shape=box];\n"
    for at, row in enumerate(model_rows(part)):
        yield f"  n{at} [{_attributes({'label': row.model} | said(row))}];\n"
    ends = zip(part.edges.parent.tolist(), part.edges.child.tolist(), strict=True)
    for (parent, child), edge in zip(ends, edge_rows(part), strict=True):
        yield f"  n{parent} -> n{child} [{_attributes(said(edge))}];\n"
    yield "}\n"


def quoted(text: str) -> str:
    """``text`` as a quoted string that Graphviz shows as ``visible(text)``, without escapes or entities."""
    shown = visible(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{shown.replace("&", "&amp;")}"'


def _attributes(fields: dict[str, object]) -> str:
    return ", ".join(f"{name}={_value(value)}" for name, value in fields.items())


def _value(value: object) -> str:
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, datetime):
        return quoted(moment(value))
    return quoted(" ".join(map(str, value)) if isinstance(value, tuple) else str(value))
