"""Cards, and popularity against reuse, as people and programs read them."""

from __future__ import annotations

import json

from fitment.registry.lineage.analyses.card_drift import card_drift
from fitment.registry.lineage.analyses.reuse import popularity_and_reuse
from fitment.registry.report.lineage.popularity import cards_text, reuse_text

from tests.registry.lineage.small import ecosystem

CARDS = ecosystem(
    "a>b:finetune e>b:finetune",
    {
        "a": {"card_characters": 1000, "card_generated": 0},
        "b": {"card_characters": 500, "card_generated": 1},
        "e": {"card_characters": 0},
    },
)
MANY = ecosystem(
    " ".join(f"m{i:02}>c{i:02}" for i in range(25)), {f"m{i:02}": {"downloads": i} for i in range(25)}
)


def test_cards() -> None:
    """Parents beside children; both ratios differ, and are called what they are."""
    shown = cards_text(card_drift(CARDS), "table")
    for part in ("ratio of means 1.000", "mean of ratios 0.500, median 0.500", "+100.0 points"):
        assert part in shown
    assert shown.splitlines()[-2:] == [
        "2 of 2 edges with the length of both cards, 1 that say who wrote both (edges: finetune)",
        "1 edge whose parent's card is empty: in the means, but without a ratio",
    ]
    assert json.loads(cards_text(card_drift(CARDS), "json"))["without_ratio"] == 1
    assert cards_text(card_drift(CARDS), "csv").splitlines()[1].startswith("finetune,2,2,500.0,500.0")


def test_cards_of_nobody() -> None:
    """What is not known is a dash."""
    shown = cards_text(card_drift(ecosystem("a>b:finetune", {"a": {"card_characters": 1}})), "table")
    assert "ratio of means –" in shown
    assert "0.000" not in shown


def test_reuse() -> None:
    """A line for each coefficient; what the intervals are, and for whom they are missing."""
    shown = reuse_text(popularity_and_reuse(MANY, replicates=20, seed=3), "table")
    assert "20 resamples" in shown
    assert "(seed 3)" in shown
    lines = [line.split() for line in shown.splitlines()]
    assert ["likes", "children", "all", "models", "0", "spearman", "–", "–"] in lines
    assert "50 models, 25 of them with a child (edges: all); spearman: ρ, kendall: τ-b" in shown
    rows = reuse_text(popularity_and_reuse(MANY, replicates=2), "csv").splitlines()
    assert len(rows) == 17
    assert rows[0].startswith("popularity,reuse,over,coefficient,models,value")
    said = json.loads(reuse_text(popularity_and_reuse(MANY, replicates=2), "json"))
    assert said["correlations"][-1]["value"] is None
