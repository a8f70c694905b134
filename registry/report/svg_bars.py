"""Bars of categories and histograms, drawn."""

from __future__ import annotations

from collections.abc import Iterator

from .chart_scale import scale
from .charts import Bars, Histogram, drawn_bars, short
from .svg_parts import WIDTH, Frame, below, beside, box, cut, line, margin, width, words

ROW = 22.0
THICK = 14.0
PLOT = 250.0  # height of a histogram


def height_of_bars(chart: Bars) -> float:
    """How high the drawing is."""
    return ROW * len(drawn_bars(chart).bars) + 46


def bars(chart: Bars) -> Iterator[str]:
    """A bar for each category under the others, its figure behind it."""
    drawn = drawn_bars(chart)
    shown = drawn.bars
    axis = scale([value for _, value in shown], log=chart.axis.log, from_zero=not chart.axis.log)
    labels = tuple(cut(label) for label, _ in shown)
    figures = [chart.axis.text(value) for _, value in shown]
    frame = Frame(margin(labels), 4, WIDTH - max(map(width, figures)) - 10, 4 + ROW * len(shown))
    yield from below(frame, axis, tuple(map(chart.axis.text, axis.ticks)), chart.axis.label)
    start = frame.x(axis.at(axis.low if axis.log else 0.0))
    for i, ((label, value), text) in enumerate(zip(shown, figures, strict=True)):
        y, end = frame.top + ROW * i, frame.x(axis.at(value))
        rest = drawn.rest_is_drawn and i == len(shown) - 1
        left, across = min(start, end), max(abs(end - start), 1.0)
        yield words(frame.left - 6, y + 15, labels[i], anchor="end")
        yield box("rest" if rest else "mark", left, y + 4, across, THICK, f"{label}: {text}")
        yield words(max(start, end) + 5, y + 15, text)


def height_of_histogram(_: Histogram) -> float:
    """How high the drawing is."""
    return PLOT


def histogram(chart: Histogram) -> Iterator[str]:
    """A bar over each bin, whose height is its count."""
    across = scale(chart.edges, log=chart.axis.log)
    up = scale(chart.counts, from_zero=True)
    sides = tuple(map(short, up.ticks))
    frame = Frame(margin(sides), 26, WIDTH - 20, PLOT - 44)
    yield from beside(frame, up, sides, chart.of_what)
    yield from below(frame, across, tuple(map(chart.axis.text, across.ticks)), chart.axis.label)
    for low, high, count in zip(chart.edges, chart.edges[1:], chart.counts, strict=False):
        if count:
            left, right, top = frame.x(across.at(low)), frame.x(across.at(high)), frame.y(up.at(count))
            title = f"{chart.axis.text(low)} to {chart.axis.text(high)}: {count:,}"
            yield box("mark", left + 0.5, top, max(right - left - 1, 1), frame.bottom - top, title)
    yield line("grid", frame.left, frame.bottom, frame.right, frame.bottom)
