from __future__ import annotations

from datetime import date

from fitment.registry.report.chart_text import block_bar, in_words, twin
from fitment.registry.report.charts import Axis, Bars, Point, Scatter, Timeline
from fitment.registry.report.document import Document, Section, to_markdown
from fitment.registry.report.document_table import DocumentTable
from fitment.registry.report.screen import plain

from tests.registry.report.drawings import charts


def test_block_bars() -> None:
    """To an eighth of a cell; what is there is never invisible, and 0 is nothing."""
    assert [len(block_bar(share)) for share in (1.0, 0.5, 0.0)] == [24, 12, 0]
    assert block_bar(1e-9) == "▏"
    assert block_bar(1.5 / 24) == "█▌"


def test_each_kind_in_a_table() -> None:
    """With its figures, and the bar where there is one; a figure that is missing is no row."""
    bars, histogram, timeline, boxes, scatter = map(twin, charts())
    assert bars.rows == (("Meta", "3", "█" * 24), ("B & C", "1", "█" * 8))
    assert [row[:2] for row in histogram.rows] == [("1B – 10B", "2"), ("10B – 100B", "5")]
    assert timeline.rows[0][:3] == ("2023-01-01", "1", "")
    assert timeline.rows[-1][:3] == ("2023-12-01", "12", "12")
    assert boxes.rows == (("Meta", "5", "1.00 GB", "2.00 GB", "3.00 GB", "4.00 GB", "9.00 GB"),)
    assert scatter.rows[0] == ("Meta0", "1B", "10")
    assert twin(Bars("B", Axis("n"), ())).rows == ()


def test_many_points_and_dates_are_summed_up() -> None:
    """Medians by parts of equally many points; the last dates, which is said."""
    points = tuple(Point("", x, 2 * x) for x in range(800))
    assert twin(Scatter("S", Axis("x"), Axis("y"), points)).rows[0] == ("0 – 99", "100", "99")
    times = Timeline("T", Axis("n"), tuple((date(1990 + i, 1, 1), i) for i in range(30)))
    assert len(twin(times).rows) == 24
    assert in_words(times) == ("the table holds the last 24 dates",)


def test_terminal_and_markdown_hold_the_twin() -> None:
    """Under the chart's title, with what was left out."""
    document = Document("D", (Section("S", charts=charts()[:1]),))
    for text in (plain(DocumentTable(document)), to_markdown(document)):
        assert "1 without a figure left out" in text
        assert "█" * 24 in text
