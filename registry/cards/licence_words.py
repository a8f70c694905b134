"""Which licence a piece of prose names, as the hub's tag."""

from __future__ import annotations

import re

from .vocabulary import LICENCE_WORDS

BETWEEN = re.compile(r"[\s,-]+")
LONGEST = 2_000  # characters that are looked at


def _bare(words: str) -> str:
    return BETWEEN.sub("", words).lower()


def _pattern(words: str) -> str:
    return r"[\s,-]{0,2}".join(map(re.escape, BETWEEN.split(words)))


TAGS = {_bare(words): tag for words, tag in LICENCE_WORDS.items()}
WORDS = re.compile(
    r"(?<![\w.-])("
    + "|".join(map(_pattern, sorted(LICENCE_WORDS, key=len, reverse=True)))
    + r")(?!\w|[.-]\d)",
    re.IGNORECASE,
)
LICENSED = re.compile(
    r"\b(?:licen[cs]ed|released|distributed|available|published|shared|weights|checkpoints?"
    r"|models? (?:is|are))"
    r"\s+(?:\w+\s+){0,3}?under\b"
    r"(?P<rest>[^\n]{0,200})",
    re.IGNORECASE,
)


def licence_in(text: str) -> str | None:
    """The tag of the first licence that a label's value or a licence section names."""
    match = WORDS.search(text[:LONGEST])
    return None if match is None else TAGS[_bare(match[1])]
