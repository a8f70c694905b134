"""Which licence a text is, and whether it is that licence's own text or one that somebody changed.

A text is taken for a licence only where both have the same pairs of words as often: what is left over on
either side is a change. One word is enough; "not" is one word.
"""

from __future__ import annotations

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
MOST_BETWEEN = 80  # words between pieces that only name them
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


@dataclass(frozen=True, slots=True)
class _Held:
    """A text's words held against the references."""

    words: Words
    hashes: Sequence[int]  # of its pairs, in their order
    shared: npt.NDArray[np.int64]  # pairs in common with each reference; 0 with those of the other way
    usable: npt.NDArray[np.bool_]


def match_text(text: str) -> TextMatch:
    """What licence ``text`` is."""
    known = references()
    lines = _held(known, words_of(text), known.lines)
    found = _same(known, lines)
    if found is not None:
        return found
    number, title = _nearest(known, lines)
    if number is None and title is None:
        return TextMatch(Match.NONE, None, "", 0, 0, (), len(lines.words.words))
    flat = _held(known, words_of(text, flat=True), known.flat)
    return _same(known, flat) or _changed(known, lines, number, title)


def _held(known: References, words: Words, usable: npt.NDArray[np.bool_]) -> _Held:
    hashes = pair_hashes(words.words)
    return _Held(words, hashes, np.where(usable, known.shared(*counted(hashes)), 0), usable)


def _same(known: References, held: _Held) -> TextMatch | None:
    """The reference, or the several, that the text is; None where it is none."""
    own, words = len(held.hashes), held.words
    inside = held.usable & (held.shared == known.totals)
    for number in np.flatnonzero(inside & (known.totals == own)).tolist():
        text = known.texts[number]
        if _marks_agree(words, text):
            return TextMatch(Match.SAME, text.licence, text.part, 0, 0, (), len(words.words))
    pieces = np.flatnonzero(inside & (known.totals >= LEAST_PIECE) & (known.totals < own)).tolist()
    return _several(known, words, held.hashes, pieces) if pieces else None


def _marks_agree(words: Words, text: Reference) -> bool:
    """Whether list items are numbered alike, or on one side not at all (bullets, lost by a converter)."""
    if not text.marks:
        numbers = sorted(int(mark) for mark in words.marks if mark.isdigit())
        return set(numbers) <= set(range(len(set(numbers)) + 1))  # 1, 2, 3: none left out
    return not words.marks or words.marks == text.marks


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
    between = len(words.words) - sum(piece.pairs + 1 for piece in pieces)
    if not pieces or between > MOST_BETWEEN:
        return None
    extra = [words.words[place] for place in left_over(words.words, hashes, left)]
    if not NAMING.issuperset(extra) or between != len(extra):
        return None
    marks = sum((piece.marks for piece in pieces), Counter[str]())
    if words.marks and all(piece.marks for piece in pieces) and words.marks != marks:
        return None
    names = sorted({piece.licence for piece in pieces})
    part = pieces[0].part if len(pieces) == 1 else f"{len(pieces)} texts"
    return TextMatch(Match.SAME, " AND ".join(names), part, 0, 0, (), len(words.words))


def _nearest(known: References, held: _Held) -> tuple[int | None, str | None]:
    """The number of the reference that the text comes nearest to, and the licence of its title."""
    title = titled(held.words.words)
    alike = 2 * held.shared / (known.totals + len(held.hashes))
    contained = (held.shared >= CONTAINED * known.totals) & (known.totals >= LEAST_PIECE)
    meant = contained & np.array([text.licence == title for text in known.texts])
    number = int(np.where(meant, alike + 1, alike).argmax())
    return (number if alike[number] >= ALIKE or contained[number] else None), title


def _changed(known: References, held: _Held, number: int | None, title: str | None) -> TextMatch:
    """What is known of a text that is no reference: from which it differs how, or its title."""
    words, text = held.words.words, None if number is None else known.texts[number]
    if number is None or text is None or title not in (None, text.licence):
        return TextMatch(Match.TITLE, title, "", 0, 0, (), len(words))
    left = Counter(held.hashes) - known.row(number)
    missing = int(known.totals[number] - held.shared[number])
    said = phrases(words, left_over(words, held.hashes, left))
    return TextMatch(Match.MODIFIED, text.licence, text.part, missing, left.total(), said, len(words))
