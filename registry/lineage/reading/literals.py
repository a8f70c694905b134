"""Lists of strings as Python writes them, ``['a', "b's"]``, by a parser of our own: nothing is evaluated."""

from __future__ import annotations

import re

MOST_CHARACTERS = 100_000
MOST_VALUES = 10_000
NOTHING = frozenset({"", "[]", "NULL", "null", "None", "nan", "NaN"})
_STRING = re.compile(r"""'((?:[^'\\\n\r]|\\.)*)'|"((?:[^"\\\n\r]|\\.)*)\"""")
_ESCAPE = re.compile(
    r"\\(?:([\\'\"abfnrtv])|([0-7]{1,3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.?))"
)
_NO_TEXT = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
_BLANK = re.compile(r"[ \t]*")
_SHORT = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


class LiteralError(ValueError):
    """A text that is no list of strings; ``str(error)`` says why, without the text."""


def strings_in(text: str) -> tuple[str, ...]:
    """The strings of a list as Python's ``repr`` writes it, empty ones left out; none of ``NOTHING``.

    Raises LiteralError for anything else: a call, a number, a tuple, a list in the list, quotes that don't
    match, more than MOST_CHARACTERS or MOST_VALUES.
    """
    if text in NOTHING:
        return ()
    if len(text) > MOST_CHARACTERS:
        raise LiteralError(f"a list of {len(text):,} characters; at most {MOST_CHARACTERS:,} are read")
    found = _plain(text) or _strict(text)
    if len(found) > MOST_VALUES:
        raise LiteralError(f"a list of {len(found):,} values; at most {MOST_VALUES:,} are read")
    return tuple(filter(None, found))


def _plain(text: str) -> list[str] | None:
    """The strings of the usual shape, each in single quotes without an escape; None of another."""
    inside = text[2:-2]
    if text[:2] != "['" or text[-2:] != "']" or len(text) < 4 or not inside.isprintable() or "\\" in inside:
        return None
    parts = inside.split("', '")
    return parts if inside.count("'") == 2 * len(parts) - 2 else None


def _strict(text: str) -> list[str]:
    if text[:1] != "[":
        raise LiteralError("not a list of strings, such as ['mit']")
    found: list[str] = []
    at = _blank(text, 1)
    if text[at : at + 1] == "]" and at + 1 == len(text):
        return found
    while True:
        string = _STRING.match(text, at)
        if string is None:
            raise LiteralError(_unlike_a_string(text, at))
        found.append(_unescaped(string[1] if string[1] is not None else string[2]))
        at = _blank(text, string.end())
        mark = text[at : at + 1]
        if mark == "]":
            break
        if mark != ",":
            raise LiteralError(f"no comma after value {len(found):,} of the list, or quotes that don't match")
        at = _blank(text, at + 1)
        if text[at : at + 1] == "]":
            break
    if at + 1 != len(text):
        raise LiteralError("something follows the list")
    return found


def _blank(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at


def _unlike_a_string(text: str, at: int) -> str:
    mark = text[at : at + 1]
    if mark in ("'", '"'):
        return "a quote in the list is never closed"
    return "a list in the list" if mark == "[" else "the list holds something else than strings in quotes"


def _unescaped(text: str) -> str:
    if "\\" in text:
        text = _ESCAPE.sub(_character, text)
    if _NO_TEXT.search(text):
        raise LiteralError("a control character or half a surrogate pair in the list")
    return text


def _character(escape: re.Match[str]) -> str:
    short, octal, *numbers, other = escape.groups()
    if short is not None:
        return _SHORT.get(short, short)
    if octal is not None:
        return chr(int(octal, 8))
    code = next((number for number in numbers if number is not None), None)
    if code is None or int(code, 16) > 0x10FFFF:
        raise LiteralError(f"an escape in the list that is none: {ascii(chr(92) + (other or ''))[1:-1]}")
    return chr(int(code, 16))
