from __future__ import annotations

from collections import Counter

from fitment.registry.licences.left_over import left_over, phrases
from fitment.registry.licences.word_pairs import pair_hashes


def _over(text: str, reference: str) -> list[int]:
    words = text.split()
    hashes = pair_hashes(words)
    return left_over(words, hashes, Counter(hashes) - Counter(pair_hashes(reference.split())))


def test_words_that_were_written_in_are_found() -> None:
    """In the middle, at either end, and where the same pair stands elsewhere too."""
    assert _over("a b x y c d", "a b c d") == [2, 3]
    assert _over("x a b c", "a b c") == [0]
    assert _over("a b c x", "a b c") == [3]
    assert _over("of the a b of the c d", "of the a b c d") == [4, 5]
    assert _over("a b c", "a b c") == []


def test_phrases_are_cut() -> None:
    """At most a few, each of at most a dozen words."""
    words = [f"w{n}" for n in range(40)]
    found = phrases(words, [0, 1, 5, *range(10, 30)])
    assert found[:2] == ("w0 w1", "w5")
    assert found[2].endswith("w21 …")
