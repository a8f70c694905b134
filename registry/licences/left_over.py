"""Which words of a text a reference doesn't account for, from the pairs that are left over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

PHRASES = 3
PHRASE_WORDS = 12


def left_over(words: Sequence[str], hashes: Sequence[int], left: Counter[int]) -> list[int]:
    """The places of words of which both pairs are left over, ascending.

    ``hashes[n]`` is the pair of words ``n`` and ``n + 1``; ``left`` says how often each is left. Where a pair
    stands more often than it is left over, the places beside others that are left over are taken.
    """
    remaining = +left
    counts = Counter(hashes)
    marked = [remaining[each] == counts[each] for each in hashes]
    for each in {each for each, mark in zip(hashes, marked, strict=True) if mark}:
        del remaining[each]
    for order in (range(len(hashes)), range(len(hashes) - 1, -1, -1)):
        for place in order:
            beside = (place > 0 and marked[place - 1]) or (place + 1 < len(hashes) and marked[place + 1])
            if beside and not marked[place] and remaining[hashes[place]] > 0:
                remaining[hashes[place]] -= 1
                marked[place] = True
    if not any(marked):
        return []
    around = [True, *marked, True]
    return [place for place in range(len(words)) if around[place] and around[place + 1]]


def phrases(words: Sequence[str], places: Sequence[int]) -> tuple[str, ...]:
    """The first few runs of neighbouring places as text, each cut to a dozen words."""
    runs: list[list[int]] = []
    for place in places:
        if runs and place == runs[-1][-1] + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return tuple(
        " ".join(words[place] for place in run[:PHRASE_WORDS]) + (" …" if len(run) > PHRASE_WORDS else "")
        for run in runs[:PHRASES]
    )
