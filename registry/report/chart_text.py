"""A chart's figures as a table, with bars of block characters: for terminals, Markdown, and page readers."""

from __future__ import annotations

import statistics
from datetime import date

from .charts import (
    Bars,
    Boxes,
    Chart,
    Histogram,
    Scatter,
    Timeline,
    drawn_bars,
    drawn_boxes,
    drawn_points,
    drawn_trailing,
    notes,
)
from .text_table import Table

CELLS = 24  # of the longest bar
EIGHTHS = " ▏▎▍▌▋▊▉"
MOST_DATES = 24  # the last ones of a timeline
MOST_POINTS = 20  # of a scatter; of more, medians by parts of the horizontal axis
PARTS = 8


def twin(chart: Chart) -> Table:
    """The chart's figures, as many as people read; without rows where there is nothing."""
    if isinstance(chart, Bars):
        return _bars(chart)
    if isinstance(chart, Histogram):
        return _histogram(chart)
    if isinstance(chart, Timeline):
        return _timeline(chart)
    if isinstance(chart, Boxes):
        return _boxes(chart)
    return _scatter(chart)


def in_words(chart: Chart) -> tuple[str, ...]:
    """What the chart and its table leave out, one line each."""
    dates = len(drawn_points(chart)) - MOST_DATES if isinstance(chart, Timeline) else 0
    return (*notes(chart), *((f"the table holds the last {MOST_DATES} dates",) if dates > 0 else ()))


def block_bar(share: float) -> str:
    """A bar of block characters, to an eighth of a cell; ``share`` from 0 to 1."""
    eighths = round(min(max(share, 0.0), 1.0) * CELLS * 8)
    if share > 0:
        eighths = max(eighths, 1)
    return "█" * (eighths // 8) + EIGHTHS[eighths % 8].strip()


def _bars(chart: Bars) -> Table:
    shown = drawn_bars(chart).bars
    largest = max((abs(value) for _, value in shown), default=0.0) or 1.0
    rows = tuple((label, chart.axis.text(value), block_bar(abs(value) / largest)) for label, value in shown)
    return Table(("", chart.axis.label, "bar"), rows, frozenset({chart.axis.label}))


def _histogram(chart: Histogram) -> Table:
    if not any(chart.counts):
        return Table((), ())
    largest = max(chart.counts)
    bins = zip(chart.edges, chart.edges[1:], chart.counts, strict=False)
    rows = tuple(
        (f"{chart.axis.text(low)} – {chart.axis.text(high)}", f"{count:,}", block_bar(count / largest))
        for low, high, count in bins
    )
    return Table((chart.axis.label, chart.of_what, "bar"), rows, frozenset({chart.of_what}))


def _timeline(chart: Timeline) -> Table:
    points, trailing = drawn_points(chart), dict(drawn_trailing(chart))
    largest = max((abs(value) for _, value in points), default=0.0) or 1.0
    rows = tuple(
        (
            date.fromordinal(round(day)).isoformat(),
            chart.axis.text(value),
            *((chart.axis.text(trailing[day]) if day in trailing else "",) if trailing else ()),
            block_bar(abs(value) / largest),
        )
        for day, value in points[-MOST_DATES:]
    )
    figures = (chart.axis.label, *((chart.trailing_label,) if trailing else ()))
    return Table(("from", *figures, "bar"), rows, frozenset(figures))


def _boxes(chart: Boxes) -> Table:
    columns = ("n", "min", "q1", "median", "q3", "max")
    rows = tuple(
        (box.label, f"{box.n:,}", *(chart.axis.text(q) for q in box.quantiles if q is not None))
        for box in drawn_boxes(chart)
    )
    return Table((chart.axis.label, *columns), rows, frozenset(columns))


def _scatter(chart: Scatter) -> Table:
    points = drawn_points(chart)
    columns = (chart.x.label, chart.y.label)
    if len(points) > MOST_POINTS:
        return _parts(chart, points)
    named = (p.label for p in chart.points if chart.x.holds(p.x) and chart.y.holds(p.y))
    rows = tuple(
        (label, chart.x.text(x), chart.y.text(y)) for label, (x, y) in zip(named, points, strict=True)
    )
    return Table(("", *columns), rows, frozenset(columns))


def _parts(chart: Scatter, points: tuple[tuple[float, float], ...]) -> Table:
    """Of many points: equally many at a time, in the order of x, with the median of y."""
    ordered, rows = sorted(points), []
    for i in range(PARTS):
        part = ordered[len(ordered) * i // PARTS : len(ordered) * (i + 1) // PARTS]
        median = statistics.median(y for _, y in part)
        span = f"{chart.x.text(part[0][0])} – {chart.x.text(part[-1][0])}"
        rows.append((span, f"{len(part):,}", chart.y.text(median)))
    figures = ("n", f"median {chart.y.label}")
    return Table((chart.x.label, *figures), tuple(rows), frozenset(figures))
