from __future__ import annotations

import re
from datetime import date

from fitment.registry.report.charts import Axis, Box, Boxes, Point, Scatter, Timeline
from fitment.registry.report.svg_points import boxes, scatter, timeline

NUMBER = r"([\d.]+)"


def test_a_line_over_time() -> None:
    """Its points in the order of time, a smoother one dashed, and both named."""
    points = ((date(2023, 1, 1), 1.0), (date(2023, 2, 1), None), (date(2023, 3, 1), 3.0))
    text = "\n".join(timeline(Timeline("T", Axis("n"), points, points, "trailing")))
    lines = re.findall(r'<polyline class="(\w+)" points="(\S+) (\S+)"', text)
    assert [kind for kind, *_ in lines] == ["second", "line"]
    (x1, y1), (x2, y2) = (tuple(map(float, pair.split(","))) for pair in lines[0][1:])
    assert x1 < x2
    assert y1 > y2
    assert "n (dashed: trailing)" in text
    assert text.count("<circle") == 2


def test_one_date_is_a_dot() -> None:
    """No line can be drawn through one point."""
    text = "\n".join(timeline(Timeline("T", Axis("n"), ((date(2023, 1, 1), 0.0),))))
    assert "<polyline" not in text
    assert text.count("<circle") == 1


def test_dots_on_each_other_are_one() -> None:
    """Few points say their names; of a hundred thousand there are never more than the drawing has places."""
    few = Scatter("S", Axis("x"), Axis("y"), (Point("a", 1, 1), Point("b", None, 1), Point("c", 2, 3)))
    assert re.findall(r"<title>(\w):", "\n".join(scatter(few))) == ["a", "c"]
    many = Scatter("S", Axis("x"), Axis("y"), tuple(Point("", i % 7, i % 3) for i in range(10_000)))
    assert "\n".join(scatter(many)).count("<circle") == 21


def test_a_box_from_quartile_to_quartile() -> None:
    """The median lies in the box, the whiskers reach beyond; n stands beside it."""
    chart = Boxes("B", Axis("size", "bytes"), (Box("a", 9, (0, 10, 20, 30, 100)),))
    text = "\n".join(boxes(chart))
    box = re.search(rf'<rect class="box" x="{NUMBER}" y="[\d.]+" width="{NUMBER}"', text)
    ends = re.findall(rf'<line class="line" x1="{NUMBER}" y1="[\d.]+" x2="{NUMBER}"', text)
    assert box is not None
    left, across = map(float, box.groups())
    assert float(ends[0][0]) < left < float(ends[1][0]) < left + across < float(ends[0][1])
    assert "n = 9" in text
