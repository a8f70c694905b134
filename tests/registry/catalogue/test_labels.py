"""What people may call things."""

from __future__ import annotations

import pytest
from fitment.registry.catalogue.labels import is_text, label
from fitment.registry.errors import RefusedError


def test_blanks_around_a_name_are_dropped() -> None:
    """Names of other scripts, with blanks inside, are names."""
    assert label("version", "  v 2 β ") == "v 2 β"
    assert label("version", "x" * 128) == "x" * 128


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "an empty version"),
        (" \t\n", "an empty version"),
        ("v\n2", "can't be printed"),
        ("v\x1b[31m", "can't be printed"),
        ("v\u202e", "can't be printed"),
        ("v\ud800", "can't be printed"),
        ("x" * 129, "129 characters: at most 128"),
    ],
)
def test_what_is_no_name_is_refused(text: str, reason: str) -> None:
    """In one line that can be printed."""
    with pytest.raises(RefusedError, match=reason) as caught:
        label("version", text)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 200


def test_half_a_surrogate_pair_is_no_text() -> None:
    """As a command line's byte that is no UTF-8 comes."""
    assert is_text("ünï😀")
    assert is_text("")
    assert not is_text(b"v\xff".decode("utf-8", "surrogateescape"))
