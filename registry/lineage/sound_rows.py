"""Which rows of a file can be taken, and why the others can't: those go to quarantine."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from .columns import LISTS, NAMES, WORDS, Coded, Rows
from .literals import NOTHING, LiteralError, strings_in
from .names import Names, by_hash

MOST_NAME = 500  # bytes
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
Values = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SoundRows:
    """What the rows say, and which of them count."""

    rows: Rows
    names: Names  # of all rows
    values: Mapping[str, Sequence[Values]]  # by WORDS and LISTS: of each text; () of a bad one
    reasons: Mapping[int, str]  # why a row is in quarantine, by its place, ascending


def sorted_out(rows: Rows) -> SoundRows:
    """The rows with what their texts say; the first sound one of an id stays."""
    reasons = dict(rows.problems)
    _judge_names(rows, reasons)
    values = _all_values(rows, reasons)
    names = by_hash(rows.name_bytes, rows.name_starts)
    _judge_repeated(names, rows, reasons)
    return SoundRows(rows, names, values, dict(sorted(reasons.items())))


def read_again(rows: Rows, reasons: Mapping[int, str]) -> SoundRows:
    """As ``sorted_out`` of rows that were judged before: what was taken then is taken."""
    names = by_hash(rows.name_bytes, rows.name_starts)
    return SoundRows(rows, names, _all_values(rows, {}), dict(sorted(reasons.items())))


def word(text: str) -> Values:
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
    control = np.flatnonzero((text < 32) | (text == 127))
    for row in np.unique(np.searchsorted(rows.name_starts, control, "right") - 1).tolist():
        reasons.setdefault(row, "its model_id holds control characters")
    wide = np.flatnonzero(text >= 128)
    for row in np.unique(np.searchsorted(rows.name_starts, wide, "right") - 1).tolist():
        try:
            text[rows.name_starts[row] : rows.name_starts[row + 1]].tobytes().decode()
        except UnicodeDecodeError:
            reasons.setdefault(row, "its model_id is not UTF-8")


def _all_values(rows: Rows, reasons: dict[int, str]) -> dict[str, Sequence[Values]]:
    parsers = {name: word if name in WORDS else strings_in for name in (*WORDS, *LISTS)}
    return {name: _values(rows.texts[name], name, parse, reasons) for name, parse in parsers.items()}


def _values(
    coded: Coded, name: str, parse: Callable[[str], Values], reasons: dict[int, str]
) -> Sequence[Values]:
    """What each text of a column says, each read once."""
    found: list[Values] = []
    bad: dict[int, str] = {}
    for code, raw in enumerate(coded.texts):
        try:
            found.append(parse(raw.decode()))
        except UnicodeDecodeError:
            found.append(())
            bad[code] = "not UTF-8"
        except LiteralError as error:
            found.append(())
            bad[code] = str(error)
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
