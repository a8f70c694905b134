"""Charts as SVG inside a page: no script, nothing loaded, foreign text inert, colours from the page's style.

So it is dark where the page is dark, and black where it is printed. A reader that sees no drawing gets its
title and, in one sentence, what it shows; ``chart_text.py`` has every figure.
"""

from __future__ import annotations

from collections.abc import Iterator

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
    is_empty,
)
from .svg_bars import bars, height_of_bars, height_of_histogram, histogram
from .svg_parts import WIDTH, inert, number, words
from .svg_points import boxes, height_of_boxes, height_of_plot, scatter, timeline

NOTHING = 34.0  # how high a drawing is that says there is nothing


def svg(chart: Chart, identity: int) -> Iterator[str]:
    """The drawing's lines. ``identity`` tells it from the page's other ones."""
    height, marks = _drawn(chart)
    names = f"chart-{identity}-title chart-{identity}-desc"
    size = f"0 0 {number(WIDTH)} {number(height)}"
    yield f'<svg class="chart" role="img" viewBox="{size}" aria-labelledby="{names}">'
    yield f'<title id="chart-{identity}-title">{inert(chart.title)}</title>'
    yield f'<desc id="chart-{identity}-desc">{inert(described(chart))}</desc>'
    yield from marks
    yield "</svg>"


def described(chart: Chart) -> str:
    """What kind of chart it is, and of how many things."""
    if isinstance(chart, Bars):
        return f"Bars: {chart.axis.label} of {len(drawn_bars(chart).bars)} categories."
    if isinstance(chart, Histogram):
        of_what = f"{sum(chart.counts):,} {chart.of_what}"
        return f"Histogram: {chart.axis.label} of {of_what} in {len(chart.counts)} bins."
    if isinstance(chart, Timeline):
        return f"Timeline: {chart.axis.label} at {len(drawn_points(chart))} dates."
    if isinstance(chart, Boxes):
        return f"Box plots: {chart.axis.label} of {len(drawn_boxes(chart))} categories."
    return f"Scatter plot: {chart.y.label} against {chart.x.label} of {len(drawn_points(chart)):,} points."


def _drawn(chart: Chart) -> tuple[float, Iterator[str]]:
    """How high the drawing is, and its marks."""
    if is_empty(chart):
        return NOTHING, iter([words(0, 20, "nothing to show", faint=True)])
    if isinstance(chart, Bars):
        return height_of_bars(chart), bars(chart)
    if isinstance(chart, Histogram):
        return height_of_histogram(chart), histogram(chart)
    if isinstance(chart, Timeline):
        return height_of_plot(chart), timeline(chart)
    if isinstance(chart, Scatter):
        return height_of_plot(chart), scatter(chart)
    return height_of_boxes(chart), boxes(chart)
