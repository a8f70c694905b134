from __future__ import annotations

from datetime import date

import pytest
from fitment.registry.report.charts import (
    Axis,
    Bars,
    Box,
    Boxes,
    Histogram,
    Point,
    Scatter,
    Timeline,
    drawn_bars,
    drawn_points,
    is_empty,
    left_out,
    notes,
    short,
)

NAN = float("nan")


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.459, "0.459"), (12, "12"), (9_999, "9,999"), (89_000, "89k"), (7.3e9, "7.3B"), (999_999, "1M"),
     (7e12, "7T"), (-12_345, "-12.3k"), (0, "0")],
)  # fmt: skip
def test_figures_are_short(value: float, text: str) -> None:
    """Three digits, and a letter from ten thousand on, also where rounding reaches the next letter."""
    assert short(value) == text


def test_a_figure_that_is_none_is_left_out_and_counted() -> None:
    """None, NaN and infinity are no zero; on an axis of powers 0 has no place either."""
    values = [("a", 1.0), ("b", None), ("c", NAN), ("d", float("inf")), ("e", 0.0)]
    even, powers = (Bars("B", Axis("x", log=log), tuple(values)) for log in (False, True))
    assert (drawn_bars(even).bars, drawn_bars(even).left_out) == ((("a", 1.0), ("e", 0.0)), 3)
    assert (drawn_bars(powers).bars, drawn_bars(powers).left_out) == ((("a", 1.0),), 4)
    assert notes(even) == ("3 without a figure left out",)
    points = Scatter("S", Axis("x"), Axis("y"), (Point("p", 1, None), Point("q", NAN, 1), Point("r", 1, 2)))
    assert (drawn_points(points), left_out(points)) == (((1.0, 2.0),), 2)
    times = Timeline("T", Axis("y"), ((date(2024, 1, 1), None), (date(2024, 2, 1), 3)))
    assert left_out(times) == 1


def test_many_categories_become_one() -> None:
    """Their sum where they add up; else they are only counted. One alone stands for itself."""
    many = tuple((f"c{i}", 10.0 - i) for i in range(6))
    assert drawn_bars(Bars("B", Axis("n"), many, most=3)).bars[3:] == (("3 others", 18.0),)
    assert drawn_bars(Bars("B", Axis("n"), many, most=5)).bars == many
    apart = Bars("B", Axis("mean"), many, most=3, adds=False)
    assert len(drawn_bars(apart).bars) == 3
    assert notes(apart) == ("3 others not shown",)


def test_others_that_dwarf_the_rest_are_a_line() -> None:
    """Their bar would leave nothing to be seen of the named ones; also of others that were summed before."""
    named = (("a", 10), ("b", 5))
    drawn = drawn_bars(Bars("B", Axis("n"), named, most=2, others=(7, 12.0)))
    assert drawn.bars[-1] == ("7 others", 12.0)
    far = Bars("B", Axis("n"), named, most=2, others=(700, 1200.0))
    assert drawn_bars(far).bars == named
    assert notes(far) == ("700 others, together 1,200",)


def test_nothing_says_so() -> None:
    """A chart without a single figure is empty, whatever its kind."""
    box = Box("b", 0, (None,) * 5)
    charts = (
        Bars("B", Axis("n"), (("a", None),)),
        Histogram("H", Axis("x"), (0, 1), (0,), left_out=7),
        Timeline("T", Axis("y"), ()),
        Boxes("X", Axis("x"), (box,)),
        Scatter("S", Axis("x"), Axis("y"), ()),
    )
    assert all(map(is_empty, charts))
    assert all(notes(chart)[0] == "nothing to show" for chart in charts)
    assert [left_out(chart) for chart in charts] == [1, 7, 0, 1, 0]
