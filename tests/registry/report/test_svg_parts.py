from __future__ import annotations

from fitment.registry.report.chart_scale import scale
from fitment.registry.report.svg_parts import Frame, below, cut, inert, number, width


def test_coordinates_are_rounded() -> None:
    """To a tenth; zero has no sign."""
    assert [number(x) for x in (1.0, 2.345, -0.01)] == ["1", "2.3", "0"]


def test_labels_are_cut_by_their_width() -> None:
    """A wide character takes two cells, what can't be seen is written out, and the cut is seen."""
    assert cut("short") == "short"
    assert cut("abcdef", 4) == "abc…"
    assert cut("漢漢漢漢", 5) == "漢漢…"
    assert cut("a\x1b[31m") == "a\\x1b[31m"
    assert width("漢") == 2 * width("a")


def test_text_is_inert() -> None:
    """No element comes out of it."""
    assert inert('<a b="c">&') == "&lt;a b=&quot;c&quot;&gt;&amp;"


def test_texts_of_an_axis_do_not_run_into_each_other() -> None:
    """One that has no room is left out; its line stays."""
    axis = scale((0, 100))
    texts = tuple(f"{tick:.20f}" for tick in axis.ticks)
    lines = list(below(Frame(0, 0, 200, 10), axis, texts, "x"))
    assert sum("<line" in each for each in lines) == 6
    assert sum("middle" in each for each in lines) < 3
