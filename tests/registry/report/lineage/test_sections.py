"""The sections that count."""

from __future__ import annotations

from fitment.registry.lineage.analyses.families import families
from fitment.registry.lineage.analyses.top_traits import top_values
from fitment.registry.report.charts import Bars, notes
from fitment.registry.report.lineage.sections import as_table, values
from fitment.registry.report.lineage.sections import families as of_families

from tests.registry.lineage.small import ecosystem


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
