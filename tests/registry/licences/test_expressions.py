from __future__ import annotations

import pytest
from fitment.registry.licences.expressions import LONGEST, ExpressionError, Name, tree


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("MIT", "MIT"),
        (" openrail++ ", "openrail++"),
        ("mit or Apache-2.0 and BSD-3-Clause", "mit OR Apache-2.0 AND BSD-3-Clause"),
        ("(MIT OR llama2) AND CC-BY-4.0", "(MIT OR llama2) AND CC-BY-4.0"),
        ("GPL-2.0-only WITH Classpath-exception-2.0", "GPL-2.0-only WITH Classpath-exception-2.0"),
        ("bigscience-bloom-rail-1.0", "bigscience-bloom-rail-1.0"),
    ],
)
def test_what_is_read(text: str, read: str) -> None:
    """Operators in any case; hub tags and model licences as well as SPDX identifiers."""
    assert str(tree(text)) == read


def test_a_name_with_words_that_look_like_operators() -> None:
    """Words are whole ones."""
    assert tree("random-licence") == Name("random-licence")


@pytest.mark.parametrize(
    "text",
    ["MIT AND", "(", "MIT) OR (MIT", "OR", "a/b OR c", "MIT OR " * LONGEST, "(" * 100 + "MIT" + ")" * 100],
)
def test_what_cannot_be_read(text: str) -> None:
    """One error that says so, whatever stands there."""
    with pytest.raises(ExpressionError):
        tree(text)
