from __future__ import annotations

import pytest
from fitment.registry.licences.text_words import words_of


@pytest.mark.parametrize(
    "text",
    [
        "The licence is non-exclusive.",
        "the LICENSE\n  is\tnon-\nexclusive",
        "<p>The <b>license</b> is nonexclusive.</p>",
        "> **The** [licence](https://example.org/x) is *non-exclusive*",
        "\ufeffThe li\u00adcense is non\u2011exclusive™",
        "// The licence\n// is &#110;on-exclusive",
    ],
)
@pytest.mark.parametrize("flat", [False, True])
def test_layout_markup_and_spelling_leave_the_words(text: str, flat: bool) -> None:
    """Wrapping, comments, Markdown, HTML, invisible characters and both spellings."""
    assert words_of(text, flat=flat).words == ("the", "license", "is", "non", "exclusive")


def test_numbers_of_items_are_marks() -> None:
    """They are counted apart; a number that says something stays a word."""
    found = words_of("terms:\n1. Keep it. (a) Also this; b) see Section 3. You pay 100. Version 2.0 of it.")
    assert dict(found.marks) == {"1": 1, "a": 1, "b": 1}
    assert {"3", "100", "2", "0"} <= set(found.words)


@pytest.mark.parametrize("text", ["you ~~may~~ not", "you <del>may</del> not", "you \u202emay\u202c not"])
def test_what_is_struck_out_or_turned_round_is_a_change(text: str) -> None:
    """Whoever reads the page reads something else than the words."""
    assert len(words_of(text).words) > 3


def test_a_mere_title_and_spdx_lines_are_no_words_of_the_text() -> None:
    """They say the name, which is read elsewhere."""
    assert words_of("# The MIT License (MIT)\n\nSPDX-License-Identifier: MIT\n\nDo it").words == ("do", "it")
