"""The sections of a page on the recorded models: each a few lines, a table, and its charts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from .. import units
from ..analytics.analytics import Analytics
from ..analytics.concentration import Concentration
from ..analytics.releases import Period, Releases
from ..analytics.sizes import Quantiles, Sizes
from .charts import Axis, Bars, Box, Boxes, Chart, Histogram, Point, Scatter, Timeline
from .document import Section
from .text_table import Table

ROWS = 15  # of a table of metrics or licences; JSON has more


def metrics(found: Analytics) -> Section:
    """The metrics that makers declare, one row each."""
    declared = found.metrics
    lines = ["As their makers declare them, on scales of their own; nobody measured them here."]
    if declared.left_out:
        lines.append(f"{declared.left_out:,} figures that are no plausible number are left out.")
    if declared.distinct > ROWS:
        lines.append(
            f"The {ROWS} that most models declare; {declared.distinct - ROWS:,} others in the JSON, up to 50."
        )
    rows = tuple(
        (m.name, f"{m.n:,}", *map(units.number, (m.mean, m.sd, m.least, m.most)))
        for m in declared.metrics[:ROWS]
    )
    columns = ("n", "mean", "sd", "min", "max")
    table = Table(("metric", *columns), rows, frozenset(columns)) if rows else None
    return Section("Declared metrics", tuple(lines if rows else ["No model declares one."]), table)


def releases(r: Releases) -> Section:
    """How many models were released when."""
    if r.first is None or r.last is None:
        return Section("Releases", (f"No model has a release date (n = 0, {r.missing:,} without).",))
    lines = [
        f"n = {r.n:,} models with a date, {r.first} to {r.last}; {r.missing:,} without.",
        f"In the twelve months up to the newest release's: {r.last_year:,}, {r.last_year / 12:.3g} a month;"
        f" in the twelve before: {r.year_before:,}. The last period may not be over.",
    ]
    if r.earlier:
        lines.append(f"{r.earlier:,} are older than the {len(r.months)} months shown.")
    months = len(r.months) <= 36
    shown, name, year = (r.months, "month", 12) if months else (r.quarters, "quarter", 4)
    chart = Timeline(
        f"Releases by {name}, n = {r.n - r.earlier:,}",
        Axis(f"models a {name}"),
        tuple((p.start, p.n) for p in shown),
        _trailing(shown),
        f"mean of {year} {name}s",
    )
    return Section("Releases", tuple(lines), charts=(chart,))


def _trailing(periods: tuple[Period, ...]) -> tuple[tuple[date, float], ...]:
    return tuple((p.start, p.trailing) for p in periods if p.trailing is not None)


def sizes(found: Analytics) -> Section:
    """Quantiles of parameters and bytes, and how they spread."""
    s = found.sizes
    columns = ("n", "missing", "min", "q1", "median", "q3", "max")
    rows = (
        _quantiles("parameters", s.parameters, Axis("")),
        _quantiles("bytes", s.size_bytes, Axis("", "bytes")),
    )
    return Section(
        "Sizes",
        ("Quantiles between two models are linear.",),
        Table(("", *columns), rows, frozenset(columns)),
        charts=tuple(_size_charts(s, found)),
    )


def _size_charts(s: Sizes, found: Analytics) -> Iterator[Chart]:
    n = s.parameters.n
    yield Bars(
        f"Models by parameters, n = {n:,}", Axis("models"), tuple((r.label, float(r.n)) for r in s.ranges)
    )
    axis = Axis("parameters", log=True)
    yield Histogram(f"Parameters, n = {n:,}", axis, s.bins.edges, s.bins.counts, s.bins.missing)
    yield Boxes("Parameters by task", axis, tuple(Box(q.label, q.n, _five(q)) for q in s.by_task))
    points = tuple(Point(p.model_id, p.parameters, p.downloads) for p in found.popularity)
    yield Scatter(
        f"Downloads against parameters, n = {len(points):,}", axis, Axis("downloads", log=True), points
    )


def _five(
    q: Quantiles,
) -> tuple[float | None, float | None, float | None, float | None, float | None]:
    return q.least, q.lower, q.median, q.upper, q.most


def _quantiles(name: str, q: Quantiles, axis: Axis) -> tuple[str, ...]:
    figures = (units.ABSENT if value is None else axis.text(value) for value in _five(q))
    return (name, f"{q.n:,}", f"{q.missing:,}", *figures)


def concentration(found: tuple[Concentration, ...]) -> Section:
    """How far few organisations hold most of it."""
    columns = (
        "organisations",
        "HHI",
        "like so many equal ones",
        "Gini",
        "top 1",
        "top 3",
        "top 10",
        "left out",
    )
    rows = tuple(
        (
            f"{c.of_what} (n = {c.models:,})",
            f"{c.n:,}",
            *map(units.number, (c.hhi, c.effective, c.gini)),
            *(f"{dict(c.top)[k]:.0%}" if k in dict(c.top) else units.ABSENT for k in (1, 3, 10)),
            f"{c.left_out:,}",
        )
        for c in found
    )
    return Section(
        "Concentration on organisations",
        (
            "HHI: sum of squared shares, 1 where one holds all. Gini: 0 where all hold alike."
            " Left out: models without an organisation, or without the figure.",
        ),
        Table(("of", *columns), rows, frozenset(columns)),
        charts=tuple(
            Bars(
                f"{c.of_what.capitalize()} of the first organisations, n = {c.n:,}",
                Axis(c.of_what),
                tuple((holder.organisation, float(holder.amount)) for holder in c.holders),
            )
            for c in found
        ),
    )


def permissions(found: Analytics) -> Section:
    """What the licences allow a business."""
    classes = found.permissions.classes
    restricted = sum(c.restricted for c in classes)
    lines = ["Whether the declared licence allows commercial use; unknown and missing are no permission."]
    if restricted:
        lines.append(f"Beyond the licence, makers exclude something of {restricted:,} of the models.")
    rows = tuple(
        (each.licence, str(each.verdict), f"{each.models:,}", each.reason)
        for each in found.permissions.licences[:ROWS]
    )
    table = (
        Table(("licence", "commercial use", "models", "why"), rows, frozenset({"models"})) if rows else None
    )
    chart = Bars(
        f"Models by verdict, n = {found.totals.models:,}",
        Axis("models"),
        tuple((c.name, float(c.models)) for c in classes),
    )
    return Section("Commercial use", tuple(lines), table, charts=(chart,))
