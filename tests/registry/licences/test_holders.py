from __future__ import annotations

import pytest
from fitment.registry.licences.holders import HOLDER, named

NOBODY: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    ("text", "holders", "found"),
    [
        ("neither the name of the organization nor the names of", NOBODY, True),
        ("neither the name of example labs nor the names of", NOBODY, True),
        ("neither the name of those who may not sell nor the names of", NOBODY, False),
        ("software is provided by the regents and contributors as is and any", NOBODY, True),
        ("software is provided by example labs as is and any", NOBODY, False),
        ("software is provided by example labs as is and any", frozenset({"example", "labs"}), True),
        ("in no event shall the authors be liable for any direct indirect", NOBODY, True),
        ("in no event shall the authors be liable for any claim", NOBODY, False),
    ],
)
def test_a_name_in_its_place_is_one_word(text: str, holders: frozenset[str], found: bool) -> None:
    """General names, those of the copyright statement, and any name where nothing else makes sense."""
    assert (HOLDER in named(text.split(), holders)) is found
