"""What can't be seen is spelled out; what can is left alone."""

from __future__ import annotations

import unicodedata

import pytest
from fitment.registry.inert import HIDDEN_CATEGORIES, terminal
from fitment.registry.report import text
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("foreign", "shown"),
    [
        ("plain [red]", "plain [red]"),
        ("\x1b[31m\n", "\\x1b[31m\\n"),
        ("a\u202eb\U000e0001", "a\\u202eb\\U000e0001"),
        ("\udcff é 漢", "\\udcff é 漢"),
    ],
)
def test_what_is_shown(foreign: str, shown: str) -> None:
    """Controls, overrides, tags and stray bytes are spelled, letters of any script are not."""
    assert terminal(foreign) == shown


@given(st.text(st.characters()))
def test_nothing_hidden_is_left(foreign: str) -> None:
    """Whatever comes in, one line of visible characters that UTF-8 can carry goes out."""
    shown = terminal(foreign)
    assert not {unicodedata.category(c) for c in shown} & HIDDEN_CATEGORIES
    shown.encode()
    assert terminal(shown) == shown


def test_reports_use_the_same() -> None:
    """A report shows a text as everything else does."""
    assert text.terminal is terminal
