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
DWARFS = 2.0  # so many times the largest bar, the others together have none of their own
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
    others: tuple[int, float] | None = None  # how many categories are not among ``bars``, and their sum


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


@dataclass(frozen=True, slots=True)
class Drawn:
    """The bars that are drawn, the last of which may stand for others."""

    bars: tuple[tuple[str, float], ...]
    rest: tuple[int, float] | None  # categories that have no bar of their own, and their sum
    rest_is_drawn: bool  # as the last of the bars; one that would dwarf the others is not
    left_out: int  # without a figure


def drawn_bars(chart: Bars) -> Drawn:
    """What is drawn of bars."""
    holds = chart.axis.holds
    known = [(label, float(v)) for label, v in chart.bars if v is not None and holds(v)]
    without = len(chart.bars) - len(known)
    n, total = chart.others or (0, 0.0)
    if len(known) + n - chart.most > 1:  # one more takes no more room than a bar that says "1 other"
        rest = known[chart.most :]
        known, n, total = known[: chart.most], n + len(rest), math.fsum((total, *(v for _, v in rest)))
    if not n:
        return Drawn(tuple(known), None, False, without)
    drawn = chart.adds and holds(total) and total <= DWARFS * max((v for _, v in known), default=math.inf)
    bar = ((f"{n:,} others", total),) if drawn else ()
    return Drawn((*known, *bar), (n, total), drawn, without)


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
        return drawn_bars(chart).left_out
    if isinstance(chart, Histogram):
        return chart.left_out
    if isinstance(chart, Boxes):
        return sum(not all(map(chart.axis.holds, box.quantiles)) for box in chart.boxes)
    return len(chart.points) - len(drawn_points(chart))


def is_empty(chart: Chart) -> bool:
    """Whether nothing is there to be drawn."""
    if isinstance(chart, Bars):
        return not drawn_bars(chart).bars
    if isinstance(chart, Histogram):
        return not any(chart.counts)
    return not (drawn_boxes(chart) if isinstance(chart, Boxes) else drawn_points(chart))


def notes(chart: Chart) -> tuple[str, ...]:
    """What is to be known beside the drawing: what it leaves out, or that there is nothing to draw."""
    without = left_out(chart)
    found = ["nothing to show"] if is_empty(chart) else []
    if without:
        found.append(f"{without:,} without a figure left out")
    if isinstance(chart, Bars):
        found += _others(chart)
    if isinstance(chart, Boxes) and (more := len(chart.boxes) - without - chart.most) > 0:
        found.append(f"{more:,} others not shown")
    return tuple(found)


def _others(chart: Bars) -> list[str]:
    """What is not drawn of the other categories."""
    drawn = drawn_bars(chart)
    if drawn.rest is None or drawn.rest_is_drawn:
        return []
    n, total = drawn.rest
    return [f"{n:,} others" + (f", together {chart.axis.text(total)}" if chart.adds else " not shown")]


def _dated(
    points: tuple[tuple[date, Figure], ...], holds: Callable[[Figure], bool]
) -> tuple[tuple[float, float], ...]:
    return tuple((float(day.toordinal()), float(v)) for day, v in points if v is not None and holds(v))
