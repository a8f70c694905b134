"""Spellings of one licence."""

from __future__ import annotations

import pytest
from fitment.registry.catalogue.licence_names import same_name


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Apache-2.0", "apache-2.0", True),
        ("MIT OR Apache-2.0", "mit or apache-2.0", True),
        ("Apache-2.0", "MIT", False),
        ("gpl-3.0", "GPL-3.0-only", False),
        ("llama2", "Llama2", True),
        ("My own", "my OWN", True),
        ("MIT AND", "MIT", False),
    ],
)
def test_spellings_of_one_licence_have_one_name(one: str, other: str, same: bool) -> None:
    """What leaves its version open, and what can't be read, stays a text of its own."""
    assert (same_name(one) == same_name(other)) is same
