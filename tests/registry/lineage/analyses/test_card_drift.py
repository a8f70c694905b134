"""Cards of parents and children, compared by hand."""

from __future__ import annotations

import pytest
from fitment.registry.lineage.analyses.card_drift import card_drift, has_cards
from fitment.registry.lineage.kinds import ALL

from tests.registry.lineage.small import ecosystem

SMALL = ecosystem(
    "a>b:finetune a>c:finetune e>c:finetune a>x:finetune b>d:quantized a>a:finetune",
    {
        "a": {"card_characters": 1000, "card_generated": 0},
        "b": {"card_characters": 500, "card_generated": 1},
        "c": {"card_characters": 4000, "card_generated": 0},
        "d": {"card_characters": 10, "card_generated": 1},
        "e": {"card_characters": 0, "card_generated": 1},
        "x": {"card_characters": 77},  # nobody says who wrote it
    },
)


def test_both_ratios() -> None:
    """Parents 1000 1000 0 1000, children 500 4000 4000 77: 8577/3000, and the mean of .5, 4 and .077."""
    found = card_drift(SMALL)
    assert (found.edges, found.compared, found.without_ratio) == (4, 4, 1)
    assert (found.parent_mean, found.child_mean) == (750.0, 8577 / 4)
    assert found.ratio_of_means == pytest.approx(8577 / 3000)
    assert found.mean_of_ratios == pytest.approx(4.577 / 3)
    assert (found.median_ratio, found.parent_median, found.child_median) == (0.5, 1000.0, 2250.0)


def test_automatic_cards() -> None:
    """Of three edges: of parents a, a, e one, of children b, c, c one; with b → d two of four of each."""
    found = card_drift(SMALL)
    assert (found.told, found.parent_automatic, found.child_automatic) == (3, 1 / 3, 1 / 3)
    assert found.automatic_points == 0.0
    every = card_drift(SMALL, ALL)
    assert (every.told, every.parent_automatic, every.child_automatic) == (4, 0.5, 0.5)


def test_without_cards() -> None:
    """Nothing is known then, which is not 0; an edge with one card compares nothing."""
    small = ecosystem("a>b:finetune", {"a": {"card_characters": 5}})
    found = card_drift(small)
    assert (found.edges, found.compared, found.told) == (1, 0, 0)
    assert (found.ratio_of_means, found.mean_of_ratios, found.automatic_points) == (None, None, None)
    assert has_cards(small)
    assert not has_cards(ecosystem("a>b:finetune"))


def test_empty_parents_alone() -> None:
    """Where all parents' cards are empty there is no ratio of either sort."""
    found = card_drift(ecosystem("a>b:finetune", {"a": {"card_characters": 0}, "b": {"card_characters": 9}}))
    assert (found.ratio_of_means, found.mean_of_ratios, found.without_ratio) == (None, None, 1)
    assert (found.parent_mean, found.child_mean) == (0.0, 9.0)
