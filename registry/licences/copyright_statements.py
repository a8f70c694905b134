"""Where a text says whose copyright it is: the one part of a licence text that everybody fills in."""

from __future__ import annotations

import re
from collections.abc import Sequence

YEAR = re.compile(r"(?:19|20)[0-9]{2}|yyyy|year|years|present")
LONGEST = 24  # words of one statement
OPENERS = frozenset({"copyright", "c", "all"})
OPENING = "<[{"
QUOTES = frozenset("\"“”'‘")

# Words that no name ends with and a term may hold: what follows them is text, not a name.
_TERMS = (
    "allowed any as cannot commercial commercially distributed distribution everyone except express for"
    " forbidden free granted if in is license licensed licenses licence licensed may must no non"
    " noncommercial not only permission permitted prohibited purpose purposes redistribution reserved"
    " restricted research released sale sell sold section shall subject terms these this under unless"
    " use used user users uses using version without you your"
)
_JOINING = "and the of by de van von et al its contributors authors holders c"
TERMS, JOINING = frozenset(_TERMS.split()), frozenset(_JOINING.split())


def statements(
    raw: Sequence[str], lower: Sequence[str], gaps: Sequence[str], *, flat: bool
) -> tuple[set[int], frozenset[str]]:
    """The places of words in copyright statements, and the words that name the holders.

    ``gaps[n]`` is what stands before word ``n``. "All rights reserved" counts as a part of them.
    """
    places: set[int] = set()
    holders: set[str] = set()
    for place, word in enumerate(lower):
        if (word not in OPENERS and "©" not in gaps[place]) or place in places:
            continue
        if word == "all" and tuple(lower[place : place + 3]) == ("all", "rights", "reserved"):
            places.update(range(place, place + 3))
        elif first := _opens(lower, gaps, place):
            end = _end(raw, lower, gaps, first, flat=flat)
            places.update(range(place, end))
            holders.update(lower[first:end])
    return places, frozenset(holders)


def _opens(lower: Sequence[str], gaps: Sequence[str], place: int) -> int:
    """The place of the first word behind the sign of a copyright and its years; 0 where none starts here."""
    at, signed = place, "©" in gaps[place]
    if lower[at] == "copyright":
        at += 1
        signed = signed or (at < len(lower) and "©" in gaps[at])
    elif not signed and not (lower[at] == "c" and gaps[at].endswith("(")):
        return 0
    if at < len(lower) and lower[at] == "c" and gaps[at].endswith("(") and gaps[at + 1].startswith(")"):
        signed = signed or lower[place] == "copyright"
        at += 1
    years = at
    while years < len(lower) and YEAR.fullmatch(lower[years]):
        years += 1
    return years if years > at or signed else 0


def _end(raw: Sequence[str], lower: Sequence[str], gaps: Sequence[str], first: int, *, flat: bool) -> int:
    """The place behind the statement's last word."""
    bracket = 0
    for at in range(first, min(first + LONGEST, len(lower))):
        gap = gaps[at]
        if lower[at] in TERMS or (lower[at] == "all" and lower[at + 1 : at + 2] == ["rights"]):
            return at
        if at > first and not QUOTES.isdisjoint(gap):
            return at
        bracket += sum(map(gap.count, OPENING)) - sum(map(gap.count, ">]}"))
        if flat:
            if bracket <= 0 and raw[at].islower() and lower[at] not in JOINING and "@" not in gap:
                return at
        elif "\n" in gap and not _goes_on(lower, gap, at):
            return at
    return min(first + LONGEST, len(lower))


def _goes_on(lower: Sequence[str], gap: str, at: int) -> bool:
    """Whether a new line belongs to the statement: the one before ended with a comma or "and"."""
    if gap.count("\n") > 1:
        return False
    before = lower[at - 1]
    return gap.lstrip()[:1] == "," or before in ("and", "by", "c") or YEAR.fullmatch(before) is not None
