"""Which texts of a card stand for "nobody said"."""

from __future__ import annotations

import pytest
from fitment.registry.cards.missing import is_missing


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            "[More Information Needed]",
            "More information needed",
            "N/A",
            "n.a.",
            "None",
            "TBD",
            "-",
            "…",
        ),
        *("{{ x }}", "[More Information Needed](https://github.com/huggingface/x.md)", "Unknown."),
    ],
)
def test_what_says_nothing(text: str) -> None:
    """The template's words in all their forms, and what people write in their place."""
    assert is_missing(text)


@pytest.mark.parametrize(
    "text", ["0", "none of these", "More information needed here: A100", "A", "unknown-lang"]
)
def test_what_says_something(text: str) -> None:
    """A text that only begins so is one."""
    assert not is_missing(text)
