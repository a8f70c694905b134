"""Which rows of a file can be taken, and why the others can't: those go to quarantine."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ..names import Names, by_hash
from .columns import LISTS, NAMES, WORDS, Rows
from .lists import Lists, lists_of
from .literals import NOTHING, LiteralError, strings_in

MOST_NAME = 500  # bytes
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class SoundRows:
    """What the rows say, and which of them count."""

    rows: Rows
    names: Names  # of all rows
    lists: Mapping[str, Lists]  # by WORDS and LISTS; a text that can't be read lists nothing
    reasons: Mapping[int, str]  # why a row is in quarantine, by its place, ascending


def sorted_out(rows: Rows) -> SoundRows:
    """The rows with what their texts say; the first sound one of an id stays."""
    reasons = dict(rows.problems)
    _judge_names(rows, reasons)
    lists = _all_lists(rows, reasons)
    names = by_hash(rows.name_bytes, rows.name_starts)
    _judge_repeated(names, rows, reasons)
    return SoundRows(rows, names, lists, dict(sorted(reasons.items())))


def read_again(rows: Rows, reasons: Mapping[int, str]) -> SoundRows:
    """As ``sorted_out`` of rows that were judged before: what was taken then is taken."""
    names = by_hash(rows.name_bytes, rows.name_starts)
    return SoundRows(rows, names, _all_lists(rows, {}), dict(sorted(reasons.items())))


def word(text: str) -> tuple[str, ...]:
    """The one word of a text, or none. Raises LiteralError."""
    if text in NOTHING:
        return ()
    if len(text) > MOST_NAME or _CONTROL.search(text):
        raise LiteralError(f"more than {MOST_NAME} characters, or control characters")
    return (text,)


def _judge_names(rows: Rows, reasons: dict[int, str]) -> None:
    lengths = np.diff(rows.name_starts)
    for row in np.flatnonzero(lengths == 0).tolist():
        reasons.setdefault(row, "its model_id is missing")
    for row in np.flatnonzero(lengths > MOST_NAME).tolist():
        reasons.setdefault(row, f"its model_id is longer than {MOST_NAME} bytes")
    text = rows.name_bytes
    if not len(text) or (text.min() >= 32 and text.max() < 127):  # as a rule
        return
    odd = np.flatnonzero((text < 32) | (text > 126))
    for row in np.unique(np.searchsorted(rows.name_starts, odd, "right") - 1).tolist():
        try:
            name = text[rows.name_starts[row] : rows.name_starts[row + 1]].tobytes().decode()
        except UnicodeDecodeError:
            reasons.setdefault(row, "its model_id is not UTF-8")
        else:
            if _CONTROL.search(name):
                reasons.setdefault(row, "its model_id holds control characters")


def _all_lists(rows: Rows, reasons: dict[int, str]) -> dict[str, Lists]:
    """What the texts of each column list; why those of a row can't be read, into ``reasons``."""
    found: dict[str, Lists] = {}
    for name in (*WORDS, *LISTS):
        coded = rows.texts[name]
        found[name], bad = lists_of(coded, word if name in WORDS else strings_in, plain=name in LISTS)
        for row in np.flatnonzero(np.isin(coded.codes, list(bad))).tolist() if bad else ():
            reasons.setdefault(row, f"its {NAMES[name][0]}: {bad[int(coded.codes[row])]}")
    return found


def _judge_repeated(names: Names, rows: Rows, reasons: dict[int, str]) -> None:
    hashes, order = names.table
    again = np.flatnonzero(hashes[1:] == hashes[:-1]) + 1
    first: dict[bytes, int] = {}
    for row in sorted({int(order[at]) for place in again.tolist() for at in (place - 1, place)}):
        if row in reasons:
            continue
        name = rows.name_bytes[rows.name_starts[row] : rows.name_starts[row + 1]].tobytes()
        if name in first:
            reasons[row] = f"its model_id stands before: on line {rows.lines[first[name]]:,}"
        else:
            first[name] = row
