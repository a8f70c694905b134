"""The sections that count."""

from __future__ import annotations

from datetime import date

from fitment.registry.lineage.families import families
from fitment.registry.lineage.growth import growth as grown
from fitment.registry.lineage.top_traits import top_values
from fitment.registry.report.charts import Bars, Timeline, notes
from fitment.registry.report.lineage_sections import MOST_MONTHS, as_table, growth, values
from fitment.registry.report.lineage_sections import families as of_families

from tests.registry.lineage.small import ecosystem


def timeline(*created: str) -> Timeline:
    small = ecosystem("", {f"m{i}": {"created": when} for i, when in enumerate(created)})
    chart = growth(grown(small)).charts[0]
    assert isinstance(chart, Timeline)
    return chart


def test_a_month_without_models_is_nought() -> None:
    """Between December and March lie two months that brought nothing, which a line must not bridge."""
    assert timeline("2023-12-31", "2024-03-01").points == (
        (date(2023, 12, 1), 1),
        (date(2024, 1, 1), 0),
        (date(2024, 2, 1), 0),
        (date(2024, 3, 1), 1),
    )


def test_one_date_of_long_ago_does_not_stretch_the_chart() -> None:
    """The last fifty years are shown, however far back the first model is dated."""
    chart = timeline("0001-01-01", "2024-03-01")
    assert len(chart.points) == MOST_MONTHS
    assert chart.points[-1] == (date(2024, 3, 1), 1)


def test_without_dates_there_is_no_chart() -> None:
    """Only the line that says so."""
    section = growth(grown(ecosystem("a>b")))
    assert section.charts == ()
    assert any(line.startswith("0 models with a date, 2 without") for line in section.lines)


def test_values_that_are_not_named_are_counted() -> None:
    """Three of five languages are listed; models of several don't add up, so the others have no bar."""
    small = ecosystem("", {"a": {"languages": tuple("vwxyz")}})
    (chart,) = values((top_values(small, "languages", 3),)).charts
    assert isinstance(chart, Bars)
    assert notes(chart) == ("2 others not shown",)


def test_other_families_are_one_bar() -> None:
    """Of families of three, two and two models the last two are two others, four models."""
    section = of_families(families(ecosystem("a>b a>c d>e f>g"), limit=1))
    (chart,) = section.charts
    assert isinstance(chart, Bars)
    assert (chart.bars, chart.others) == ((("a", 3),), (2, 4.0))


def test_columns_of_figures_are_on_the_right() -> None:
    """Figures, percentages, intervals and dashes; not names, not dates, not a name that holds digits."""
    columns = {name: lambda row, at=at: row[at] for at, name in enumerate(("n", "%", "i", "name", "day"))}
    table = as_table([(1, "3.0%", "-0.1 … 0.2", "b4", "2024-01-01"), (None, "", "", "7", None)], columns)
    assert table is not None
    assert table.right == {"n", "%", "i"}
    assert table.rows[1] == ("–", "–", "–", "7", "–")
    assert as_table([], columns) is None
