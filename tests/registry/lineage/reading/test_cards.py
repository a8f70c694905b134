"""What is kept of a card."""

from __future__ import annotations

import math

import pytest
from fitment.registry.lineage.reading.cards import card_facts


@pytest.mark.parametrize(
    ("card", "facts"),
    [
        ("# Bär", (5, 0)),
        ("This model card has been generated automatically by the Trainer", (63, 1)),
        ("Developed by: [More Information Needed]", (39, 1)),
        ("More information needed", (23, 0)),
    ],
)
def test_cards(card: str, facts: tuple[float, float]) -> None:
    """Its characters, and whether one of the signs of a program stands in it."""
    assert card_facts(card) == facts


def test_no_card_says_nothing() -> None:
    """Neither a length of 0 nor that a hand wrote it."""
    assert all(map(math.isnan, card_facts("")))
