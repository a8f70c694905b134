"""Which licence a text is, and whether it is that licence's own text or one that somebody changed.

A text is taken for a licence only where both have the same pairs of words as often: what is left over on
either side is a change. One word is enough; "not" is one word.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from .left_over import left_over, phrases
from .reference_texts import Reference, References, references
from .text_titles import titled
from .text_words import Words, words_of
from .word_pairs import counted, pair_hashes

ALIKE = 0.5  # of the pairs of both, at least, for a changed text to be called after a licence
CONTAINED = 0.8  # of the licence's pairs, in a text with much around it
LEAST_PIECE = 30  # pairs: shorter references are not looked for inside a longer text
MOST_PIECES = 8
MOST_TRIED = 64
# Words that may stand between the texts of a file that holds several: they only name them.
_NAMING = "the license licenses mit bsd isc apache gnu general public software 2 3 0 clause version text"
NAMING = frozenset(_NAMING.split())


class Match(StrEnum):
    """How sure a text's name is."""

    SAME = "same"  # the licence's own words, all of them and no others
    MODIFIED = "modified"  # words were added, left out or changed
    TITLE = "title"  # only its title is known
    NONE = "none"  # no licence that is known


@dataclass(frozen=True, slots=True)
class TextMatch:
    """What a text turned out to be."""

    match: Match
    licence: str | None  # an identifier, or several joined by AND; None where there is none
    part: str  # of the reference it is, such as "whole" or "notice"
    missing: int  # pairs of words of the licence that the text lacks
    added: int  # pairs of words of the text that the licence lacks
    phrases: tuple[str, ...]  # what was added, in lower case, the first few
    words: int  # of the text


@functools.lru_cache(maxsize=256)
def match_text(text: str) -> TextMatch:
    """What licence ``text`` is."""
    known = references()
    lines = words_of(text)
    if len(lines.words) < 2:
        return TextMatch(Match.NONE, None, "", 0, 0, (), len(lines.words))
    found = _held_against(known, lines, known.lines)
    if found.match is Match.SAME:
        return found
    flat = words_of(text, flat=True)
    again = _held_against(known, flat, known.flat) if len(flat.words) > 1 else found
    return again if again.match is Match.SAME else found


def _held_against(known: References, words: Words, usable: npt.NDArray[np.bool_]) -> TextMatch:
    hashes = pair_hashes(words.words)
    shared = known.shared(*counted(hashes))
    own = len(hashes)
    same = np.flatnonzero(usable & (shared == known.totals) & (known.totals == own))
    for number in same.tolist():
        text = known.texts[number]
        if _marks_agree(words, text):
            return TextMatch(Match.SAME, text.licence, text.part, 0, 0, (), len(words.words))
    whole = usable & (shared == known.totals) & (known.totals >= LEAST_PIECE) & (known.totals < own)
    several = _several(known, words, hashes, np.flatnonzero(whole).tolist())
    return several or _nearest(known, words, hashes, np.where(usable, shared, 0))


def _marks_agree(words: Words, text: Reference) -> bool:
    """Whether list items are numbered alike, or on one side not at all (bullets, lost by a converter)."""
    return not words.marks or not text.marks or words.marks == text.marks


def _several(
    known: References, words: Words, hashes: Sequence[int], inside: Sequence[int]
) -> TextMatch | None:
    """The texts that one after another make up the file, None where they are not all of it."""
    left = Counter(hashes)
    pieces: list[Reference] = []
    for number in sorted(inside, key=lambda each: -known.totals[each])[:MOST_TRIED]:
        row = known.row(number)
        if len(pieces) < MOST_PIECES and row <= left:
            left -= row
            pieces.append(known.texts[number])
    extra = [words.words[place] for place in left_over(words.words, hashes, left)]
    explained = sum(piece.pairs + 1 for piece in pieces) + len(extra)
    if not pieces or not NAMING.issuperset(extra) or explained != len(words.words):
        return None
    marks = sum((piece.marks for piece in pieces), Counter[str]())
    if words.marks and all(piece.marks for piece in pieces) and words.marks != marks:
        return None
    names = sorted({piece.licence for piece in pieces})
    part = pieces[0].part if len(pieces) == 1 else f"{len(pieces)} texts"
    return TextMatch(Match.SAME, " AND ".join(names), part, 0, 0, (), len(words.words))


def _nearest(
    known: References, words: Words, hashes: Sequence[int], shared: npt.NDArray[np.int64]
) -> TextMatch:
    """A changed text, one of which only the title is known, or none at all."""
    title = titled(words.words)
    alike = 2 * shared / (known.totals + len(hashes))
    contained = (shared >= CONTAINED * known.totals) & (known.totals >= LEAST_PIECE)
    meant = contained & np.array([text.licence == title for text in known.texts])
    number = int(np.where(meant, alike + 1, alike).argmax())
    text = known.texts[number]
    if alike[number] < ALIKE and not contained[number]:
        match = Match.NONE if title is None else Match.TITLE
        return TextMatch(match, title, "", 0, 0, (), len(words.words))
    if title is not None and title != text.licence:
        return TextMatch(Match.TITLE, title, "", 0, 0, (), len(words.words))
    left = Counter(hashes) - known.row(number)
    missing = int(known.totals[number] - shared[number])
    said = phrases(words.words, left_over(words.words, hashes, left))
    return TextMatch(Match.MODIFIED, text.licence, text.part, missing, left.total(), said, len(words.words))
