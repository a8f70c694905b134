"""Where models stand in their lineage: as a table, CSV or JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from ...lineage.kinds import View
from ...lineage.questions.standing import Standing
from .graph import csv_lines
from .graph_json import json_lines

_SHOWN = 5  # members of a cycle
_COLUMNS: Mapping[str, Callable[[Standing], object]] = {
    "model": lambda row: row.model,
    "depth": lambda row: f"{row.depth:,}",
    "generation": lambda row: f"{row.generation:,}",
    "in a cycle with": lambda row: _others(row),
}


def standing_lines(rows: Sequence[Standing], view: View, form: str) -> Iterator[str]:
    """A row a model, as table, json or csv."""
    if form == "json":
        return json_lines({"question": "depth", "view": view.name}, {"answers": rows})
    if form == "csv":
        return csv_lines(Standing, iter(rows))
    from ..listing import listed

    return iter([listed(rows, "table", _COLUMNS, Standing)])


def _others(row: Standing) -> str:
    others = [name for name in row.cycle if name != row.model]
    more = len(others) - _SHOWN
    return ", ".join(others[:_SHOWN]) + (f" and {more:,} more" if more > 0 else "")
