"""The section of a page on a lineage that says how it grew."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from ...lineage.analyses.growth import Growth, Month
from ...lineage.kinds import LABELS
from ..charts import Axis, Timeline
from ..document import Section
from ..text_table import Table
from .counts import growth_lines
from .sections import sentence

MOST_MONTHS = 600  # between the first and the last that a chart shows, empty ones among them
_LABELS = tuple(LABELS.values())
_YEARS = ("year", "models", "all models", "edges", "all edges", *_LABELS)


def growth(found: Growth) -> Section:
    """How many models and edges came when."""
    lines = (
        "A model belongs to the month of its creation, an edge to that of its child's.",
        *map(sentence, growth_lines(found)),
    )
    if not found.months:
        return Section("Growth", lines)
    charts = tuple(
        Timeline(f"New {what} by month", Axis(f"{what} a month"), _points(found.months, what))
        for what in ("models", "edges")
    )
    years = [list(within) for _, within in groupby(found.months, key=lambda month: month.month.year)]
    table = Table(_YEARS, tuple(map(_year, years)), frozenset(_YEARS[1:]))
    return Section("Growth", (*lines, "The last month may not be over."), table, charts=charts)


def _year(months: list[Month]) -> tuple[str, ...]:
    """What one year brought, label by label, and all there was at its end."""
    models, edges, *labels = (
        sum(getattr(month, name) for month in months) for name in ("models", "edges", *_LABELS)
    )
    counts = (models, months[-1].models_total, edges, months[-1].edges_total, *labels)
    return str(months[0].month.year), *(f"{n:,}" for n in counts)


def _points(months: tuple[Month, ...], what: str) -> tuple[tuple[date, int], ...]:
    """The last months, also those that brought nothing, which are 0 and not unknown."""
    brought = {month.month: getattr(month, what) for month in months}
    last = _number(months[-1].month)
    first = max(_number(months[0].month), last - MOST_MONTHS + 1)
    every = (date(number // 12, number % 12 + 1, 1) for number in range(first, last + 1))
    return tuple((month, brought.get(month, 0)) for month in every)


def _number(month: date) -> int:
    return month.year * 12 + month.month - 1
