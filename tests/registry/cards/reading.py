"""What the tests of single rules ask of a card."""

from __future__ import annotations

from fitment.registry.cards.card import Card
from fitment.registry.cards.read import CardFile, read_card


def card_of(text: str) -> Card:
    """The card of a text."""
    return read_card(CardFile(text.encode(), "card"))


def front(keys: str) -> Card:
    """The card of front matter alone."""
    return card_of(f"---\n{keys}\n---\n")


def values(found: tuple[object, ...]) -> list[object]:
    """The candidates' values in their order."""
    return [each.value for each in found]  # type: ignore[attr-defined]
