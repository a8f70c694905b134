"""Foreign texts are made inert, and references occur once."""

from __future__ import annotations

from fitment.registry.bom.texts import LONGEST, Refs, properties, said
from fitment.registry.report.text import terminal
from hypothesis import given
from hypothesis import strategies as st


@given(st.text(st.characters(), max_size=60))
def test_every_text_can_be_seen_and_encoded(text: str) -> None:
    """No control, override or stray surrogate is left, whatever comes in."""
    assert terminal(said(text)) == said(text)
    said(text).encode()


def test_long_texts_are_cut() -> None:
    """A megabyte is a note of bounded length, and lines become blanks."""
    assert len(said("x" * 2**20)) == LONGEST
    assert said("a\n  b") == "a b"


@given(st.lists(st.text(st.sampled_from("ab#2\x1b\\x1"), max_size=6)))
def test_references_are_unique(names: list[str]) -> None:
    """Names that look alike once they are inert still get references of their own."""
    refs = Refs()
    made = [refs.new("model", name) for name in names]
    assert len(set(made)) == len(names)


def test_nothing_is_no_property() -> None:
    """None and an empty text are left out; 0 and False are values."""
    found = properties([("a", None), ("b", ""), ("c", 0), ("d", False), ("e", 0.1)])
    assert [each["value"] for each in found] == ["0", "False", "0.1"]
