"""The section that says how a lineage grew."""

from __future__ import annotations

from datetime import date

from fitment.registry.lineage.analyses.growth import growth as grown
from fitment.registry.report.charts import Timeline
from fitment.registry.report.lineage.growth_section import MOST_MONTHS, growth

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


def test_years_with_all_there_was_at_their_end() -> None:
    """2023 brought a and b with a finetune, 2024 c with an untyped edge: three models, two edges."""
    dated = {"a": "2023-01-05", "b": "2023-12-31", "c": "2024-02-01"}
    section = growth(grown(ecosystem("a>b:finetune b>c", {k: {"created": v} for k, v in dated.items()})))
    assert section.table is not None
    assert section.table.columns[:7] == (
        *("year", "models", "all models", "edges", "all edges"),
        *("untyped", "finetune"),
    )
    assert [row[:7] for row in section.table.rows] == [
        ("2023", "2", "2", "1", "1", "0", "1"),
        ("2024", "1", "3", "1", "2", "1", "0"),
    ]


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
