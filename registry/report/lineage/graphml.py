"""A subgraph as GraphML, line by line: what Gephi, yEd, igraph and networkx open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from html import escape

from ...lineage.questions.part import Subgraph
from ...lineage.questions.rows import EDGE_FIELDS, MODEL_FIELDS, edge_rows, model_rows, said
from ..graph_text import moment, visible

_TEXTS = frozenset({"created", "licences", "languages", "tasks", "libraries", "label", "kinds"})


def graphml_lines(part: Subgraph) -> Iterator[str]:
    """The lines of a directed graph; nodes are the models' names, as ``graph_text.visible`` writes them.

    Fields of ``rows.ModelRow`` and ``rows.EdgeRow`` are data; those that nobody said are left out.
    """
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for domain, names in (("node", MODEL_FIELDS), ("edge", EDGE_FIELDS)):
        for name in names:
            kind = "string" if name in _TEXTS else "double"
            yield f'<key id="{domain}_{name}" for="{domain}" attr.name="{name}" attr.type="{kind}"/>\n'
    yield '<graph id="lineage" edgedefault="directed">\n'
    for row in model_rows(part):
        yield f'<node id="{_inert(row.model)}">{_data("node", said(row))}</node>\n'
    for edge in edge_rows(part):
        ends = f'source="{_inert(edge.parent)}" target="{_inert(edge.child)}"'
        yield f"<edge {ends}>{_data('edge', said(edge))}</edge>\n"
    yield "</graph>\n</graphml>\n"


def _data(domain: str, fields: dict[str, object]) -> str:
    return "".join(f'<data key="{domain}_{name}">{_text(value)}</data>' for name, value in fields.items())


def _text(value: object) -> str:
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, datetime):
        return moment(value)
    return _inert(" ".join(map(str, value)) if isinstance(value, tuple) else str(value))


def _inert(text: str) -> str:
    return escape(visible(text))
