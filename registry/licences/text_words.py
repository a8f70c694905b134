"""A licence text as its words: what layout, mark-up and spelling change is gone, what the text says stays.

Every change of a word, number or letter shows in the words, so that two texts that say the same have the
same words, whatever their wrapping, and two that differ in one word do not.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from .copyright_statements import statements
from .holders import named

WORD = re.compile(r"[^\W_]+")
TAG = re.compile(
    r"</?(?:a|b|blockquote|body|br|center|code|dd|div|dl|dt|em|font|h[1-6]|head|hr|html|i|li|ol|p|pre|section"
    r"|small|span|strong|sub|sup|table|tbody|td|th|tr|tt|u|ul)(?:\s[^<>]{0,500})?/?>",
    re.IGNORECASE,
)
STRUCK = re.compile(r"~~|</?(?:del|s|strike)>", re.IGNORECASE)  # whoever reads the page doesn't read this
TAGGED = re.compile(r"SPDX-(?:License-Identifier|FileCopyrightText|FileType):[^\n]*")  # read elsewhere
LINK_TARGET = re.compile(r"\]\(https?://[^\s()]{1,300}\)")
TURNED = re.compile("[\u202a-\u202e\u2066-\u2069]")  # the order on the screen is another
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff\ufe0e\ufe0f\u2122\u00ae]")

SPELLINGS = {
    "licence": ("license",),
    "licences": ("licenses",),
    "licenced": ("licensed",),
    "sublicence": ("sublicense",),
    "merchantibility": ("merchantability",),
    "noninfringement": ("non", "infringement"),
    "noncommercial": ("non", "commercial"),
    "nonexclusive": ("non", "exclusive"),
    "http": (),
    "https": (),
    "www": (),
}
NUMBERED = re.compile(r"[0-9]{1,2}|[a-z]|[ivx]{2,5}")
_BEFORE_A_NUMBER = (
    "annex article articles at attachment by clause clauses exhibit for least most no of paragraph paragraphs"
    " part section sections than to v version versions"
)
BEFORE_A_NUMBER = frozenset(_BEFORE_A_NUMBER.split())
TITLES = sorted(
    (
        tuple(title.split())
        for title in (
            "license",
            "mit license",
            "mit license mit",
            "the mit license",
            "the mit license mit",
            "bsd license",
            "bsd 2 clause license",
            "bsd 3 clause license",
            "the bsd license",
            "the bsd 2 clause license",
            "the bsd 3 clause license",
            "new bsd license",
            "modified bsd license",
            "simplified bsd license",
            "isc license",
            "isc license isc",
            "the isc license",
            "zlib license",
            "the zlib license",
        )
    ),
    key=len,
    reverse=True,
)


@dataclass(frozen=True, slots=True)
class Words:
    """``words`` in their order, lower case; ``marks`` counts numbers of list items, which are no words."""

    words: tuple[str, ...]
    marks: Counter[str]


def words_of(text: str, *, flat: bool = False) -> Words:
    """The words of a text without its copyright statements.

    Where ``flat``, a statement ends where names end, else where its line does: the first doesn't depend on
    wrapping, the second knows names in lower case.
    """
    text = _plain(text)
    raw, gaps = WORD.findall(text), WORD.split(text)
    lower = [word.lower() for word in raw]
    left_out, holders = statements(raw, lower, gaps, flat=flat)
    marks: Counter[str] = Counter()
    kept: list[str] = []
    for place, word in enumerate(lower):
        if place in left_out:
            continue
        if len(word) < 6 and NUMBERED.fullmatch(word) and _is_mark(lower, gaps, place):
            marks[word] += 1
        elif word in SPELLINGS:
            kept.extend(SPELLINGS[word])
        else:
            kept.append(word)
    return Words(tuple(named(_untitled(kept), holders)), marks)


def _plain(text: str) -> str:
    if not text.isascii():
        text = INVISIBLE.sub("", TURNED.sub(" reordered ", text))
        text = unicodedata.normalize("NFKC", text)
    if "SPDX-" in text:
        text = TAGGED.sub(" ", text)
    if "&" in text:
        text = html.unescape(text)
    if "<" in text or "~~" in text:
        text = TAG.sub(" ", STRUCK.sub(" struckout ", text))
    return LINK_TARGET.sub("] ", text) if "](" in text else text


def _is_mark(lower: list[str], gaps: list[str], place: int) -> bool:
    """Whether the word only numbers an item: ``1.``, ``(a)`` or ``iv)`` before a blank."""
    before, after = gaps[place], gaps[place + 1]
    if after[:1] not in (".", ")") or not (after[1:2].isspace() or place + 1 == len(lower)):
        return False
    if place and not before[-1:].isspace() and not (before[-1:] == "(" and not before[-2:-1].strip()):
        return False
    return not place or lower[place - 1] not in BEFORE_A_NUMBER or any(mark in before for mark in ".;:")


def _untitled(words: list[str]) -> list[str]:
    """The words behind a title that says no more than the name, where there is one."""
    for title in TITLES:
        if tuple(words[: len(title)]) == title and len(words) > len(title):
            return words[len(title) :]
    return words
