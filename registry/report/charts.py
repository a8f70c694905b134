"""The charts that a report holds, before they are drawn: figures with their axes, and nothing of colours.

A figure that is None, NaN or infinite is left out and counted (``left_out``), never drawn as 0. ``svg.py``
draws them, ``chart_text.py`` says the same in a table.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from .. import units

Figure = float | int | None
SHORT = ((1e12, 1e12, "T"), (1e9, 1e9, "B"), (1e6, 1e6, "M"), (1e4, 1e3, "k"))  # from, in what, its letter


@dataclass(frozen=True, slots=True)
class Axis:
    """What an axis shows; ``log``: by powers of ten, figures of 0 and below being left out."""

    label: str
    unit: str = ""  # "bytes", which come as kB, MB, GB; else "" or a word to be put behind a figure
    log: bool = False

    def holds(self, value: Figure) -> bool:
        """Whether the figure has a place on it."""
        return value is not None and math.isfinite(value) and (value > 0 or not self.log)

    def text(self, value: float) -> str:
        """The figure as people read it: ``7B``, ``13.5 GB``, ``0.459``."""
        return units.size(value) if self.unit == "bytes" else f"{short(value)} {self.unit}".rstrip()


@dataclass(frozen=True, slots=True)
class Bars:
    """A figure for each category, in the order in which they are given."""

    title: str
    axis: Axis
    bars: tuple[tuple[str, Figure], ...]
    most: int = 12  # categories that are drawn; the others become one bar, or a line where they don't add up
    adds: bool = True  # whether the figures of several categories add up to one


@dataclass(frozen=True, slots=True)
class Histogram:
    """How many figures lie between each two edges; the last bin holds its upper edge."""

    title: str
    axis: Axis
    edges: tuple[float, ...]  # ascending, one more than there are counts
    counts: tuple[int, ...]
    left_out: int = 0  # how many had no figure
    of_what: str = "models"


@dataclass(frozen=True, slots=True)
class Timeline:
    """A figure for each date, in order of time, and a smoother one beside it where that is given."""

    title: str
    axis: Axis
    points: tuple[tuple[date, Figure], ...]
    trailing: tuple[tuple[date, Figure], ...] = ()
    trailing_label: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """Five quantiles of one category: least, lower quartile, median, upper quartile, largest."""

    label: str
    n: int
    quantiles: tuple[Figure, Figure, Figure, Figure, Figure]


@dataclass(frozen=True, slots=True)
class Boxes:
    """Box plots under each other, their whiskers from the least to the largest figure."""

    title: str
    axis: Axis
    boxes: tuple[Box, ...]
    most: int = 12


@dataclass(frozen=True, slots=True)
class Point:
    """One thing by two figures."""

    label: str
    x: Figure
    y: Figure


@dataclass(frozen=True, slots=True)
class Scatter:
    """Things by two figures each."""

    title: str
    x: Axis
    y: Axis
    points: tuple[Point, ...]


Chart = Bars | Histogram | Timeline | Boxes | Scatter


def short(value: float) -> str:
    """``0.459``, ``12``, ``1,235``, ``89k``, ``7.3B``: three digits, with a letter from ten thousand on."""
    if float(value).is_integer() and abs(value) < SHORT[-1][0]:
        return f"{value:,.0f}"
    rounded = abs(float(f"{value:.3g}"))
    for least, factor, letter in SHORT:
        if rounded >= least:
            return f"{float(f'{value / factor:.3g}'):,.10g}{letter}"
    return units.number(value)


def drawn_bars(chart: Bars) -> tuple[tuple[tuple[str, float], ...], int, int]:
    """The bars with a figure, those beyond ``most`` as one; how many became that one; how many have none."""
    known = [
        (label, float(value)) for label, value in chart.bars if value is not None and chart.axis.holds(value)
    ]
    left_out = len(chart.bars) - len(known)
    beyond = len(known) - chart.most
    if beyond <= 1:  # one more takes no more room than a bar that says "1 other"
        return tuple(known), 0, left_out
    shown, rest = known[: chart.most], known[chart.most :]
    if chart.adds:
        shown.append((f"{beyond:,} others", math.fsum(value for _, value in rest)))
    return tuple(shown), beyond, left_out


def drawn_boxes(chart: Boxes) -> tuple[Box, ...]:
    """The first boxes whose five quantiles all have a place."""
    return tuple(box for box in chart.boxes if all(map(chart.axis.holds, box.quantiles)))[: chart.most]


def drawn_points(chart: Timeline | Scatter) -> tuple[tuple[float, float], ...]:
    """The points that have a place, as numbers; a date by its day's number."""
    if isinstance(chart, Timeline):
        return _dated(chart.points, chart.axis.holds)
    return tuple(
        (float(p.x), float(p.y))
        for p in chart.points
        if p.x is not None and p.y is not None and chart.x.holds(p.x) and chart.y.holds(p.y)
    )


def drawn_trailing(chart: Timeline) -> tuple[tuple[float, float], ...]:
    """The smoother line's points that have a place."""
    return _dated(chart.trailing, chart.axis.holds)


def left_out(chart: Chart) -> int:
    """How many figures have no place: unknown, not finite, or 0 and below on an axis of powers."""
    if isinstance(chart, Bars):
        return drawn_bars(chart)[2]
    if isinstance(chart, Histogram):
        return chart.left_out
    if isinstance(chart, Boxes):
        return sum(not all(map(chart.axis.holds, box.quantiles)) for box in chart.boxes)
    return len(chart.points) - len(drawn_points(chart))


def beyond(chart: Chart) -> int:
    """How many categories are not drawn on their own."""
    if isinstance(chart, Bars):
        return drawn_bars(chart)[1]
    if isinstance(chart, Boxes):
        return max(0, len(chart.boxes) - left_out(chart) - chart.most)
    return 0


def is_empty(chart: Chart) -> bool:
    """Whether nothing is there to be drawn."""
    if isinstance(chart, Bars):
        return not drawn_bars(chart)[0]
    if isinstance(chart, Histogram):
        return not any(chart.counts)
    return not (drawn_boxes(chart) if isinstance(chart, Boxes) else drawn_points(chart))


def notes(chart: Chart) -> tuple[str, ...]:
    """What is to be known beside the drawing: what it leaves out, or that there is nothing to draw."""
    without, more = left_out(chart), beyond(chart)
    found = []
    if is_empty(chart):
        found.append("nothing to show")
    if without:
        found.append(f"{without:,} without a figure left out")
    if more and not (isinstance(chart, Bars) and chart.adds):
        found.append(f"{more:,} others not shown")
    return tuple(found)


def _dated(
    points: tuple[tuple[date, Figure], ...], holds: Callable[[Figure], bool]
) -> tuple[tuple[float, float], ...]:
    return tuple((float(day.toordinal()), float(v)) for day, v in points if v is not None and holds(v))
