from __future__ import annotations

import re

from fitment.registry.report.charts import Axis, Bars, Histogram
from fitment.registry.report.svg_bars import ROW, bars, height_of_bars, histogram

WIDTHS = re.compile(r'<rect class="(\w+)" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"')


def test_bars_are_as_long_as_their_figures() -> None:
    """Half the figure, half the length; what stands for the others looks otherwise."""
    chart = Bars("B", Axis("n"), (("a", 100), ("b", 50), ("c", 30), ("d", 20)), most=2)
    found = WIDTHS.findall("\n".join(bars(chart)))
    lengths = [float(each[3]) for each in found]
    assert abs(lengths[1] - lengths[0] / 2) < 0.2
    assert [each[0] for each in found] == ["mark", "mark", "rest"]
    assert height_of_bars(chart) > 3 * ROW


def test_a_negative_figure_goes_left_from_zero() -> None:
    """Bars begin at 0, wherever that lies."""
    left, right = WIDTHS.findall("\n".join(bars(Bars("B", Axis("n"), (("a", -10), ("b", 10))))))
    assert abs(float(left[1]) + float(left[3]) - float(right[1])) < 0.2


def test_bins_stand_side_by_side() -> None:
    """As high as their counts; an empty one is not drawn."""
    found = WIDTHS.findall("\n".join(histogram(Histogram("H", Axis("x"), (0, 1, 2, 3), (4, 0, 2)))))
    assert len(found) == 2
    assert abs(float(found[0][4]) - 2 * float(found[1][4])) < 0.2
    assert float(found[0][1]) + float(found[0][3]) < float(found[1][1])
