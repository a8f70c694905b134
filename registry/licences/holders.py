"""The places of the BSD texts where a holder's name is filled in, as one word each."""

from __future__ import annotations

from collections.abc import Sequence

from .copyright_statements import TERMS

HOLDER = "holder"
_GENERAL = (
    "the a and or of its his their any other respective copyright holder holders owner owners author authors"
    " contributor contributors regents organization organisation university foundation"
)
GENERAL = frozenset(_GENERAL.split())
MOST = 14  # words of a name
MOST_OF_ANY = 8  # words of a name that stands where nothing but a name makes sense
SLOTS = (
    (("neither", "the", "name", "of"), ("nor", "the", "names", "of")),
    (("neither", "the", "names", "of"), ("nor", "the", "names", "of")),
    (("software", "is", "provided", "by"), ("as", "is", "and", "any")),
    (("in", "no", "event", "shall"), ("be", "liable", "for", "any", "direct", "indirect")),
)
FIRST = frozenset(before[0] for before, _ in SLOTS)


def named(words: Sequence[str], holders: frozenset[str]) -> list[str]:
    """The words, with ``HOLDER`` for a name that is general or that the copyright statements hold."""
    found = list(words)
    allowed = GENERAL | holders
    for place in reversed([place for place, word in enumerate(words) if word in FIRST]):
        end = _filled(words, place, allowed)
        if end:
            found[place + 4 : end] = [HOLDER]
    return found


def _filled(words: Sequence[str], place: int, allowed: frozenset[str]) -> int:
    """The place behind a name that stands in one of the slots that begins here; 0 where there is none."""
    for before, after in SLOTS:
        start = place + len(before)
        if tuple(words[place:start]) != before:
            continue
        for end in range(start + 1, min(start + MOST, len(words))):
            if tuple(words[end : end + len(after)]) == after:
                name = words[start:end]
                any_name = after[0] == "nor" and len(name) <= MOST_OF_ANY and TERMS.isdisjoint(name)
                return end if any_name or allowed.issuperset(name) else 0
    return 0
