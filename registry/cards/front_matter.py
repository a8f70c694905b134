"""A card's bytes as text, and its front matter apart from its body."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .card import CardError
from .strict_yaml import Mapping, mapping

MOST_BYTES = 4 << 20
OPENED = re.compile(r"\s*?^---[ \t]*\n", re.MULTILINE)
CLOSED = re.compile(r"^---[ \t]*$", re.MULTILINE)
KEY = re.compile(r"""^[ \t]*(?:- )?["'{]?[\w-]{1,40}["']?[ \t]*:(?:[ \t]|$)""", re.MULTILINE)
NO_KEYS = Mapping({}, 1, {})
NO_FRONT_MATTER = "no front matter: what is said here comes from the text alone"


@dataclass(frozen=True, slots=True)
class Parts:
    """The front matter's keys and the text behind it, whose first line is ``body_line`` of the file."""

    keys: Mapping
    body: str
    body_line: int
    notes: tuple[str, ...]


def text_of(content: bytes, file: str) -> tuple[str, tuple[str, ...]]:
    """The text with bare line feeds and no BOM, and notes on what was not as it should be.

    Raises CardError for what is no text in UTF-8 at all, or too large.
    """
    if len(content) > MOST_BYTES:
        raise CardError(
            f"{file}:1: more than {MOST_BYTES:,} bytes, which no card has; name the card's own file"
        )
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise CardError(f"{file}:1: UTF-16 by its first bytes; save it as UTF-8")
    notes = []
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        if b"\0" in content:
            raise CardError(f"{file}:{line}: not a text: it has NUL bytes and is not UTF-8") from None
        text = content.decode("utf-8-sig", "replace")
        notes.append(f"line {line}: bytes that are not UTF-8, shown as \ufffd")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text, tuple(notes)


def parts(text: str, file: str) -> Parts:
    """The card's parts. Raises CardError for front matter that is broken or never closed."""
    opened = OPENED.match(text)
    if opened is None:
        return Parts(NO_KEYS, text, 1, (NO_FRONT_MATTER,))
    start = opened.end()
    closed = CLOSED.search(text, start)
    first = text.count("\n", 0, start) + 1
    if closed is None:
        if KEY.match(text, start):
            raise CardError(f"{file}:{first - 1}: the front matter is opened by --- and never closed by ---")
        return Parts(NO_KEYS, text, 1, (NO_FRONT_MATTER,))
    between = text[start : closed.start()]
    if between.strip() and not KEY.search(between):  # two rules of Markdown
        return Parts(NO_KEYS, text, 1, (NO_FRONT_MATTER,))
    keys = mapping(between, file, first)
    body = text[closed.end() :]
    notes = () if keys.items else ("the front matter is empty",)
    return Parts(keys, body, text.count("\n", 0, closed.end()) + 1, notes)
