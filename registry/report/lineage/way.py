"""How two models are related: in words with a table, or as the graph of the way between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from ...lineage.ecosystem import Ecosystem
from ...lineage.kinds import View
from ...lineage.questions.part import subgraph
from ...lineage.questions.rows import EdgeRow, edges_of
from ...lineage.questions.way import Path
from ..text import terminal
from .graph import csv_lines, graph_lines
from .graph_json import graph_lists, json_lines
from .words import along, change, made_by, several

_SHOWN = 5  # common ancestors in a line
_STEPS = 100  # of a way in a table


@dataclass(frozen=True, slots=True)
class Common:
    """Whom both models descend from."""

    model: str
    hops_to_first: int
    hops_to_second: int


def way_lines(ecosystem: Ecosystem, way: Path, view: View, form: str) -> Iterator[str]:
    """The way as table, json, csv, dot or graphml; where there is none, who the common ancestors are."""
    names = ecosystem.names
    steps = edges_of(ecosystem, way.edges)
    if form == "table":
        return _table(ecosystem, way, view)
    if form == "csv":
        return csv_lines(EdgeRow, steps)
    ends = np.array([way.first, way.second], np.int32)
    part = subgraph(ecosystem, way.models if len(way.models) else ends, view=view)
    head: dict[str, object] = {
        "question": "path",
        "view": view.name,
        "first": names[way.first],
        "second": names[way.second],
        "way": way.direction,
        "hops": len(way.edges) if len(way.models) else None,
    }
    if form != "json":
        return graph_lines(part, form, head)
    return json_lines(head, {"path": steps, "common_ancestors": _common(ecosystem, way), **graph_lists(part)})


def _table(ecosystem: Ecosystem, way: Path, view: View) -> Iterator[str]:
    from ..listing import listed

    yield f"{terminal(_sentence(ecosystem, way, view))}\n"
    if len(way.edges):
        steps = list(edges_of(ecosystem, way.edges[:_STEPS]))
        yield "\n" + listed(steps, "table", _COLUMNS, EdgeRow)
    if len(way.edges) > _STEPS:
        yield f"\n{len(way.edges) - _STEPS:,} more: --format csv has every step\n"


def _sentence(ecosystem: Ecosystem, way: Path, view: View) -> str:
    first, second = ecosystem.names[way.first], ecosystem.names[way.second]
    if way.first == way.second:
        return f"{first} is one and the same model"
    if len(way.models):
        child, parent = (second, first) if way.direction == "down" else (first, second)
        return f"{child} was made from {parent} in {several(len(way.edges), 'step')}{along(view)}"
    neither = f"neither of {first} and {second} was made from the other{along(view)}"
    common = [each.model for each in _common(ecosystem, way)]
    if not common:
        return f"{neither}, and they have no common ancestor"
    more = f" and {len(common) - _SHOWN:,} more" if len(common) > _SHOWN else ""
    return f"{neither}; both were made from {', '.join(common[:_SHOWN])}{more}"


def _common(ecosystem: Ecosystem, way: Path) -> list[Common]:
    pairs = zip(ecosystem.names.of(way.common), way.common_hops.tolist(), strict=True)
    return [Common(name, *hops) for name, hops in pairs]


_COLUMNS: Mapping[str, Callable[[EdgeRow], object]] = {
    "from": lambda row: row.parent,
    "to": lambda row: row.child,
    "made by": lambda row: made_by(row.label, row.kinds),
    "days": lambda row: None if row.days is None else f"{row.days:,}",
    "likes": lambda row: change(row.likes_change, row.likes_relative),
    "downloads": lambda row: change(row.downloads_change, row.downloads_relative),
}
