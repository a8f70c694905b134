"""A model card's fields with their evidence: for a terminal, as a page, as JSON, as a row."""

from __future__ import annotations

import json
from pathlib import Path

from fitment.registry.cards.card import CardError
from fitment.registry.cards.read import CardFile, read_card
from fitment.registry.report.card_lines import card_line, card_rows, refused_row
from fitment.registry.report.card_object import card_object, json_line, refused_line, value_text
from fitment.registry.report.card_page import MOST_SHOWN, card_document, card_text
from fitment.registry.report.document import to_markdown

TEXT = """\
---
license: mit
base_model: "a/\\u202Eb"
tags: [a, b, c, d, e, f, "\\e[31m"]
---
# <script> | x
- **License:** Apache 2.0
"""
CARD = read_card(CardFile(TEXT.encode(), "card"))


def test_foreign_text_is_inert_everywhere() -> None:
    """No control, override, tag or cell border of a card reaches a terminal or a page."""
    for shown in (card_text(CARD), to_markdown(card_document(CARD)), json.dumps(card_object(CARD))):
        assert "\x1b" not in shown
        assert "\u202e" not in shown
    assert "<script>" not in to_markdown(card_document(CARD))


def test_long_lists_are_cut_and_say_so() -> None:
    """JSON has them all."""
    assert f"… and {7 - MOST_SHOWN} more: --format json" in card_text(CARD)
    assert len(card_object(CARD)["fields"]["tags"]) == 7


def test_conflicts_stand_below() -> None:
    """In all three forms."""
    told = "line 2 (front_matter) says mit, line 7 (template) says apache-2.0"
    assert f"conflict in licence: {told}" in card_text(CARD)
    assert "## Conflicts" in to_markdown(card_document(CARD))
    assert card_object(CARD)["conflicts"] == [{"field": "licence", "text": told}]


def test_an_empty_card_is_shown(tmp_path: Path) -> None:
    """Without a table."""
    card = read_card(CardFile(b"", "card"))
    assert card_text(card).startswith("card\n\n\nThe card doesn't say: domain, ")
    assert "nothing that the rules know" in to_markdown(card_document(card))


def test_rows_and_lines_of_files(tmp_path: Path) -> None:
    """Of cards that are read and of those that are refused."""
    path = tmp_path / "card.md"
    path.write_text(TEXT)
    row = card_line(path)
    assert (row.name, row.licence, row.base_models) == ("| x", "mit", "a/\u202eb")
    assert "could not be read" in card_rows([row, refused_row(path, CardError("x"))])
    assert json.loads(json_line(path))["file"] == str(path)
    assert json.loads(refused_line(path, CardError("x:1: y"))) == {"file": str(path), "error": "x:1: y"}
    assert value_text(1_000_000) == "1,000,000"
