"""Which licence a piece of prose names, as the hub's tag."""

from __future__ import annotations

import pytest
from fitment.registry.cards.licence_words import LICENSED, licence_in


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("[The CreativeML OpenRAIL M license](https://x)", "creativeml-openrail-m"),
        ("Apache License, Version 2.0", "apache-2.0"),
        ("the Apache-2.0 licence", "apache-2.0"),
        ("MIT", "mit"),
        ("CC BY-NC-SA 4.0", "cc-by-nc-sa-4.0"),
        ("CC-BY-4.0", "cc-by-4.0"),
        ("Llama 3.1 Community License", "llama3.1"),
        ("submit it", None),
        ("Apache 2.05", None),
        ("a custom licence", None),
    ],
)
def test_the_licence_that_is_named(text: str, tag: str | None) -> None:
    """However it is spaced; none where none is named."""
    assert licence_in(text) == tag


def test_what_is_released_under_a_licence() -> None:
    """The words behind "under" are looked at."""
    match = LICENSED.search("The weights are released to all under the MIT license.")
    assert match is not None
    assert licence_in(match["rest"]) == "mit"
