"""How many parameters a piece of text says that a model has."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .markdown_tables import number

SCALES = {
    "k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "mio": 1e6, "b": 1e9, "billion": 1e9, "bn": 1e9,
    "t": 1e12, "trillion": 1e12,
}  # fmt: skip
FIGURE = r"(?<![\w.,$€-])(\d{1,3}(?:,\d{3}){1,4}|\d{1,4}(?:[.,]\d{1,3})?)"
UNIT = r"(k|m|b|t|bn|mio|thousand|million|billion|trillion)?"
VALUE = re.compile(rf"^\W*{FIGURE}\s*{UNIT}\b", re.IGNORECASE)
PLAIN = re.compile(r"^\W*(\d{5,14})\b")
WORD = re.compile(r"\b[Pp]aram(?:eter)?s?\b")
REACH = 60  # of the figure from the word
IN_PROSE = re.compile(
    rf"{FIGURE}[\s-]*(k|m|b|bn|t|mio|million|billion|trillion)[\s-]+(?:(?:trainable|total|active|model)\s+)?param\w*$",
    re.IGNORECASE,
)
AFTER = re.compile(
    rf"param(?:eter)?s?(?: count)?\W{{0,4}}\s*(?:is|of|:|=|≈|~|are)\W{{0,4}}{FIGURE}\s*{UNIT}\b",
    re.IGNORECASE,
)
LEAST = 1_000
RANGE = re.compile(r"\b(?:to|from|between|than|over|up to|under|and)\s*$|\bactive\b|trainable", re.IGNORECASE)
IN_NAME = re.compile(r"(?<![\w.])(\d{1,4}(?:\.\d{1,2})?)\s?([BM])(?![A-Za-z0-9])")
MOST = 10**15


def count_of(text: str, *, millions: bool = False) -> int | None:
    """The count that a labelled value is: "7B", "7.62 billion", "124,439,808"; None where it is none.

    With ``millions``, the label said that it counts these.
    """
    if match := PLAIN.match(text):
        return _whole(float(match[1]))
    match = VALUE.match(text[:100])
    if match is None:
        return None
    unit = (match[2] or "").lower()
    if not unit and millions:
        unit = "m"
    value = _figure(match[1], unit)
    if not unit and value < 10_000:
        return None  # "7" of what?
    return _whole(value * SCALES.get(unit, 1.0))


def counts_in(text: str) -> Iterator[tuple[int, bool]]:
    """Each count of running text, and whether it is surely the model's own total."""
    for word in WORD.finditer(text):
        position = word.start()
        before = text[max(0, position - REACH) : word.end()].rpartition("\n")[2]
        match = IN_PROSE.search(before)
        if match is None:
            start = max(0, position - len("number of "))
            match = AFTER.match(text[start : position + REACH], position - start)
        if match is None:
            continue
        unit = (match[2] or "").lower()
        count = _whole(_figure(match[1], unit) * SCALES.get(unit, 1.0))
        if count is not None and count >= LEAST:
            doubtful = RANGE.search(before[: match.start()]) or RANGE.search(match.group())
            yield count, not doubtful


def count_in_name(name: str) -> int | None:
    """The count that a model's name holds: "Llama-2-7B"; None where there are none or several."""
    found = {
        _whole(float(each[0]) * SCALES[each[1].lower()])
        for each in IN_NAME.findall(name.upper().replace("-", " "))
    }
    return found.pop() if len(found) == 1 else None


def _figure(text: str, unit: str) -> float:
    """The figure; a comma before one or two digits, or before three and a unit, separates decimals."""
    if unit and "," in text and len(text.split(",")) == 2 and len(text.split(",")[1]) < 3:
        text = text.replace(",", ".")
    value = number(text)
    return 0.0 if value is None else value


def _whole(value: float) -> int | None:
    return round(value) if 0 < value < MOST else None
