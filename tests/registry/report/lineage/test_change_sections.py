"""The sections that hold children against their parents."""

from __future__ import annotations

from fitment.registry.lineage.analyses.card_drift import card_drift
from fitment.registry.lineage.analyses.drift import drift
from fitment.registry.lineage.analyses.mutation_rate import mutation_rate
from fitment.registry.lineage.analyses.ordering import ordering
from fitment.registry.report.charts import Bars, left_out
from fitment.registry.report.lineage.change_sections import cards, drifts, mutation, orderings

from tests.registry.lineage.small import ecosystem

SMALL = ecosystem(
    "a>b:finetune a>c:finetune b>d:finetune",
    {"a": {"licences": ("mit",)}, "b": {"licences": ("gpl",)}, "c": {"licences": ("gpl",)}},
)


def test_a_trait_of_which_nothing_is_known_is_left_out() -> None:
    """It is a dash in the table and no bar of 0."""
    section = mutation((mutation_rate(SMALL, "licences"), mutation_rate(SMALL, "tasks")))
    assert section.table is not None
    assert [row[:2] for row in section.table.rows] == [("licences", "1.0000"), ("tasks", "–")]
    assert left_out(section.charts[0]) == 1


def test_arcs_point_the_way_of_most_mutations() -> None:
    """Both finetunes went from mit to gpl."""
    section = drifts((drift(SMALL, "licences"),))
    (chart,) = section.charts
    assert isinstance(chart, Bars)
    assert chart.bars == (("mit → gpl", 2),)
    assert section.lines[1] == (
        "Licences: 2 mutations between the 2 licences that most models say, 1 arc, 0 pairs balanced."
    )


def test_only_traits_that_drift_have_an_order() -> None:
    """mit before gpl; tasks have no arc."""
    (section,) = orderings((ordering(SMALL, "licences"), ordering(SMALL, "tasks")))
    assert section.table is not None
    assert [row[1] for row in section.table.rows] == ["mit", "gpl"]
    assert section.lines[1] == "No other order agrees as well."


def test_a_file_without_cards() -> None:
    """The columns that it would take are named; with cards there is a table."""
    assert "card_characters" in cards(None).lines[0]
    assert cards(card_drift(SMALL)).table is not None
