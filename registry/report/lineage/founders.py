"""The roots that most models descend from: as a table, CSV or JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from ... import units
from ...lineage.kinds import View
from ...lineage.questions.founders import Founder, Founders
from .graph import csv_lines
from .graph_json import json_lines
from .words import along, amount, day, left_out

_COLUMNS: Mapping[str, Callable[[Founder], object]] = {
    "root": lambda row: row.model,
    "descendants": lambda row: units.count(row.descendants),
    "created": lambda row: day(row.created),
    "downloads": lambda row: amount(row.downloads),
    "licence": lambda row: ", ".join(row.licences),
}


def founder_lines(found: Founders, view: View, form: str) -> Iterator[str]:
    """A row a root, as table, json or csv."""
    if form == "json":
        head: dict[str, object] = {"question": "roots", "view": view.name}
        counts = {"roots": found.roots, "alone": found.alone}
        return json_lines(head | counts, {"answers": found.shown})
    if form == "csv":
        return csv_lines(Founder, iter(found.shown))
    return _table(found, view)


def _table(found: Founders, view: View) -> Iterator[str]:
    from ..listing import listed

    led = f"{found.roots:,} roots that models were made from{along(view)}"
    yield f"{led}; {found.alone:,} models stand alone\n"
    if found.shown:
        yield "\n" + listed(found.shown, "table", _COLUMNS, Founder)
    more = found.roots - len(found.shown)
    if more:
        yield f"\n{left_out(more)}\n"
