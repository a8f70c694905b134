"""The most frequent values, counted by hand."""

from __future__ import annotations

import pytest
from fitment.registry.lineage.analyses.top_traits import TopValue, top_values

from tests.registry.lineage.small import ecosystem

SMALL = ecosystem(
    "a>b",
    {
        "a": {"licences": ("mit",)},
        "b": {"licences": ("apache-2.0", "mit")},
        "c": {"licences": ("apache-2.0", "mit")},
        "d": {"licences": ("gpl",)},
        "e": {},
    },
)


def test_a_model_counts_under_each_of_its_values() -> None:
    """mit 3 of 5 models, 3 of the 4 that say one; apache-2.0 2; gpl 1: together 6 of 4."""
    found = top_values(SMALL, "licences")
    assert found.values == (
        TopValue("mit", 3, 0.6, 0.75),
        TopValue("apache-2.0", 2, 0.4, 0.5),
        TopValue("gpl", 1, 0.2, 0.25),
    )
    assert (found.models, found.told, found.several, found.distinct) == (5, 4, 2, 3)


def test_equals_are_in_the_order_of_their_names() -> None:
    """Of values that one model each says, the first by name."""
    small = ecosystem("", {"a": {"tasks": ("z", "x", "y")}})
    assert [each.value for each in top_values(small, "tasks", 2).values] == ["x", "y"]


@pytest.mark.parametrize("trait", ["licences", "tasks", "libraries", "languages"])
def test_nobody_says_anything(trait: str) -> None:
    """There are no values then, and no share of nobody."""
    found = top_values(ecosystem("a>b"), trait)
    assert (found.values, found.distinct, found.told) == ((), 0, 0)
