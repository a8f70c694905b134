"""How much of what a model's user needs a card says."""

from __future__ import annotations

import pytest
from fitment.registry.cards.card import FIELDS, Card, Found, Source
from fitment.registry.cards.completeness import LEAST_SURE, WEIGHTS, completeness


def said(value: str, confidence: float = 1.0) -> tuple[Found[str], ...]:
    return (Found(value, Source.TEXT, value, 1, confidence),)


def test_an_empty_card_scores_nothing_and_says_what_is_missing() -> None:
    """The heaviest first, each with its weight."""
    judged = completeness(Card(file="card"))
    assert (judged.share, judged.said, judged.missing) == (0.0, (), tuple(WEIGHTS))
    assert judged.explained().startswith("0%: 0 of 34 points; missing: licence (3), tasks (3), ")


def test_a_guess_counts_nothing() -> None:
    """A field counts from LEAST_SURE on."""
    assert completeness(Card(file="card", grant=said("x", LEAST_SURE - 0.01))).share == 0
    assert completeness(Card(file="card", grant=said("x", LEAST_SURE))).share == pytest.approx(1 / 34)


def test_language_is_not_asked_of_images() -> None:
    """Unless the card names one, or text comes in as well."""
    images = completeness(Card(file="card", domain=said("computer vision")))
    assert "language" not in images.missing
    assert "not asked: language (it handles no text)" in images.explained()
    assert "language" in completeness(Card(file="card", domain=said("multimodal"))).missing


def test_every_weighted_field_is_one_of_the_card() -> None:
    """And every one of the twenty fields that a card is read for has a weight."""
    assert set(WEIGHTS) <= set(FIELDS)
    assert len(WEIGHTS) == 20
