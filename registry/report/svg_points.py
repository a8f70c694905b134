"""Timelines, scatter and box plots, drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from .chart_scale import Scale, dates, scale
from .charts import Boxes, Scatter, Timeline, drawn_boxes, drawn_points, drawn_trailing
from .svg_parts import WIDTH, Frame, below, beside, box, cut, dot, line, margin, number, width, words

PLOT = 260.0
ROW = 28.0
THICK = 14.0
RADIUS = 3.5
GRAIN = 3.0  # dots nearer than that to each other are one
FEW = 60  # points of a timeline that get a dot each; and of a scatter that say their name


def height_of_plot(_: Timeline | Scatter) -> float:
    """How high the drawing is."""
    return PLOT


def timeline(chart: Timeline) -> Iterator[str]:
    """The figures as a line over time; the smoother ones dashed."""
    points, trailing = drawn_points(chart), drawn_trailing(chart)
    along, texts = dates([day for day, _ in (*points, *trailing)])
    up = scale([v for _, v in (*points, *trailing)], log=chart.axis.log, from_zero=not chart.axis.log)
    sides = tuple(map(chart.axis.text, up.ticks))
    frame = Frame(margin(sides), 26, WIDTH - 20, PLOT - 44)
    legend = f"{chart.axis.label} (dashed: {chart.trailing_label})" if trailing else chart.axis.label
    yield from beside(frame, up, sides, legend)
    yield from below(frame, along, texts, "")
    yield from _path("second", trailing, frame, along, up)
    yield from _path("line", points, frame, along, up)
    for day, value in points if len(points) <= FEW else ():
        title = f"{date.fromordinal(round(day))}: {chart.axis.text(value)}"
        yield dot(frame.x(along.at(day)), frame.y(up.at(value)), RADIUS, title)


def _path(
    kind: str, points: Sequence[tuple[float, float]], frame: Frame, along: Scale, up: Scale
) -> Iterator[str]:
    if len(points) > 1:
        places = ((frame.x(along.at(x)), frame.y(up.at(y))) for x, y in points)
        yield f'<polyline class="{kind}" points="{" ".join(f"{number(x)},{number(y)}" for x, y in places)}"/>'


def scatter(chart: Scatter) -> Iterator[str]:
    """A dot for each thing; those that would lie on each other are one."""
    points = drawn_points(chart)
    along, up = (
        scale([point[i] for point in points], log=axis.log) for i, axis in enumerate((chart.x, chart.y))
    )
    sides = tuple(map(chart.y.text, up.ticks))
    frame = Frame(margin(sides), 26, WIDTH - 20, PLOT - 44)
    yield from beside(frame, up, sides, chart.y.label)
    yield from below(frame, along, tuple(map(chart.x.text, along.ticks)), chart.x.label)
    if len(points) <= FEW:
        named = [p for p in chart.points if chart.x.holds(p.x) and chart.y.holds(p.y)]
        for (x, y), point in zip(points, named, strict=True):
            title = f"{point.label}: {chart.x.text(x)}, {chart.y.text(y)}"
            yield dot(frame.x(along.at(x)), frame.y(up.at(y)), RADIUS, title)
        return
    places = {
        (round(frame.x(along.at(x)) / GRAIN) * GRAIN, round(frame.y(up.at(y)) / GRAIN) * GRAIN)
        for x, y in points
    }
    for x, y in sorted(places):
        yield dot(x, y, RADIUS - 1)


def height_of_boxes(chart: Boxes) -> float:
    """How high the drawing is."""
    return ROW * len(drawn_boxes(chart)) + 46


def boxes(chart: Boxes) -> Iterator[str]:
    """A box from quartile to quartile for each category, with a line at its median and whiskers."""
    shown = drawn_boxes(chart)
    values = [float(q) for each in shown for q in each.quantiles if q is not None]
    axis = scale(values, log=chart.axis.log)
    labels = tuple(cut(each.label) for each in shown)
    counts = [f"n = {each.n:,}" for each in shown]
    frame = Frame(margin(labels), 4, WIDTH - max(map(width, counts)) - 14, 4 + ROW * len(shown))
    yield from below(frame, axis, tuple(map(chart.axis.text, axis.ticks)), chart.axis.label)
    for i, each in enumerate(shown):
        middle = frame.top + ROW * i + ROW / 2
        q = [float(value) for value in each.quantiles if value is not None]
        least, lower, median, upper, most = (frame.x(axis.at(value)) for value in q)
        said = ", ".join(
            f"{name} {chart.axis.text(value)}"
            for name, value in zip(("min", "q1", "median", "q3", "max"), q, strict=True)
        )
        yield words(frame.left - 6, middle + 4, labels[i], anchor="end")
        yield line("line", least, middle, most, middle)
        yield box("box", lower, middle - THICK / 2, max(upper - lower, 1), THICK, f"{each.label}: {said}")
        yield line("line", median, middle - THICK / 2, median, middle + THICK / 2)
        yield words(frame.right + 8, middle + 4, counts[i], faint=True)
