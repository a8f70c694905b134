from __future__ import annotations

import pytest

from tests.registry.usage.snippets import HELD_OUT, PARTS, found_in, score, snippets


@pytest.mark.parametrize("parts", [PARTS, HELD_OUT], ids=["known", "held out"])
def test_the_corpus_is_found_with_few_misses(parts: tuple[str, ...]) -> None:
    """Precision is at least 0.95 and recall at least 0.9; what can't be known is said to be open."""
    found = score((snippet, found_in(snippet)) for snippet in snippets(parts))
    assert found.precision >= 0.95, found
    assert found.recall >= 0.9, found
    assert found.unresolved_right == found.unresolved_expected, found


def test_the_corpus_is_large_enough() -> None:
    """At least 60 snippets, 25 of them held out; expectations are read from the marks."""
    many = list(snippets())
    assert len(many) >= 60
    assert sum(snippet.part in HELD_OUT for snippet in many) >= 25
    assert all(b"#->" not in snippet.source for snippet in many)
    first = many[0]
    assert (first.name, first.expected) == (
        "direct.py",
        {(3, "bert-base-uncased"), (4, "google-bert/bert-base-uncased")},
    )
