"""Fenced code and comments, blanked out line by line."""

from __future__ import annotations

import pytest
from fitment.registry.cards.hidden_text import without_hidden


@pytest.mark.parametrize(
    ("text", "left", "blocks"),
    [
        ("a\nb", ["a", "b"], []),
        ("a\n```\nx\n```\nb", ["a", "", "", "", "b"], ["x"]),
        ("a <!-- b --> c", ["a  c"], []),
        ("<!-- ```\n--> a\n```\nx\n```", ["", " a", "", "", ""], ["x"]),
        ("```\n<!--\n```\na", ["", "", "", "a"], ["<!--"]),
        ("`` ``` ``", ["`` ``` ``"], []),
    ],
)
def test_what_is_hidden(text: str, left: list[str], blocks: list[str]) -> None:
    """As many lines as before; the blocks by themselves."""
    lines, code, notes = without_hidden(text, 1)
    assert (lines, [block.text for block in code], notes) == (left, blocks, ())
