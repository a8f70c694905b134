"""One chart of each kind."""

from __future__ import annotations

from datetime import date

from fitment.registry.report.charts import Axis, Bars, Box, Boxes, Chart, Histogram, Point, Scatter, Timeline


def charts(name: str = "Meta", many: int = 3) -> tuple[Chart, ...]:
    """Bars, histogram, timeline, boxes and scatter, with ``name`` wherever a foreign text may stand."""
    months = tuple((date(2023, month, 1), float(month)) for month in range(1, 13))
    points = tuple(Point(f"{name}{i}", 1e9 * (i + 1), 10.0 * (i + 1)) for i in range(many))
    return (
        Bars(name, Axis(name), ((name, 3), ("B & C", 1), ("none", None))),
        Histogram(name, Axis(name, log=True), (1e9, 1e10, 1e11), (2, 5), 4, name),
        Timeline(name, Axis(name), months, months[2:], name),
        Boxes(name, Axis(name, "bytes"), (Box(name, 5, (1e9, 2e9, 3e9, 4e9, 9e9)),)),
        Scatter(name, Axis(name, log=True), Axis(name), points),
    )
