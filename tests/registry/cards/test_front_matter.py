"""A card's bytes as text, and its front matter apart from its body."""

from __future__ import annotations

import pytest
from fitment.registry.cards.card import CardError
from fitment.registry.cards.front_matter import MOST_BYTES, NO_FRONT_MATTER, parts, text_of


def keys_of(text: str) -> list[str]:
    return list(parts(text, "card").keys.items)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_mark_and_line_ends_lose_nothing(end: str) -> None:
    """A BOM and any line ends give the same keys, body and lines."""
    content = "\ufeff" + end.join(["---", "license: mit", "---", "# Title"])
    text, notes = text_of(content.encode(), "card")
    found = parts(text, "card")
    assert notes == ()
    assert (list(found.keys.items), found.body, found.body_line) == (["license"], "\n# Title", 3)


def test_a_card_without_front_matter_says_so() -> None:
    """No rule, one rule, or two rules of Markdown around prose are no front matter."""
    for text in ("# Title", "---\n\n# Title\n", "---\n\nSome prose.\n\n---\nMore", ""):
        found = parts(text, "card")
        assert (found.body, found.notes) == (text, (NO_FRONT_MATTER,))
    assert parts("---\n---\nx", "card").notes == ("the front matter is empty",)


def test_blank_lines_before_and_blanks_behind_the_marks_are_read() -> None:
    """As hubs read them."""
    assert keys_of("\n\n--- \nlicense: mit\n---  \n") == ["license"]
    assert keys_of("---\nlicense: mit\n---") == ["license"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\nlicense: mit\n# Title\n", "card:1: the front matter is opened by --- and never closed"),
        ("---\nlicense: mit\nlicense: gpl\n---\n", 'card:3: "license" stands twice, first on line 2'),
        ("---\nlicense: [mit\n---\n", "card:3: not YAML"),
        ("---\n- license: mit\n---\n", "card:2: a list where keys"),
        ("---\nlicense mit\ntags: x: y\n---\n", "card:3: not YAML"),
    ],
)
def test_broken_front_matter_is_an_error(text: str, expected: str) -> None:
    """With file and line; never an empty card."""
    with pytest.raises(CardError) as raised:
        parts(text, "card")
    assert str(raised.value).startswith(expected)


def test_bytes_that_are_no_text_are_refused_or_noted() -> None:
    """UTF-16, binary and too large files are refused by name; single bytes are shown as such."""
    for content, expected in (
        ("x".encode("utf-16"), "card:1: UTF-16"),
        (b"a\n\xff\0", "card:2: not a text"),
        (b"x" * (MOST_BYTES + 1), "card:1: more than"),
    ):
        with pytest.raises(CardError) as raised:
            text_of(content, "card")
        assert str(raised.value).startswith(expected)
    assert text_of(b"a\nb\xe9", "card") == (
        "a\nb\ufffd",
        ("line 2: bytes that are not UTF-8, shown as \ufffd",),
    )
