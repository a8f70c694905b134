"""CSV cut into records and fields (RFC 4180), without a Python object for any of them.

A quote opens a field only as its first byte; within, two quotes are one. What follows the closing quote has
to be a comma or the line's end. Where that is broken, or the quote never closes, only the record's first line
is lost: the next record starts behind it. A line end is LF or CR LF; blank lines hold nothing, but count.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import types
from numpy.typing import ArrayLike, NDArray

from .columns import byte_column, id_column, whole_number
from .jit import BYTES_OUT, IDS_IN, IDS_OUT, MARK, WHOLES_OUT, inlined, kernel

Ids = NDArray[np.int32]
Wholes = NDArray[np.int64]

SOUND, OPEN, BROKEN = 0, 1, 2  # a quote that never closes; text behind a closing quote
QUOTE, COMMA, LF, CR = 34, 44, 10, 13
_TABLE = types.int64[:, ::1]


@dataclass(frozen=True, slots=True)
class CsvRecords:
    """The records of a text; field j of record i, as wanted, is ``text[starts[j, i]:ends[j, i]]``."""

    text: NDArray[np.uint8]  # with two quotes made one inside the wanted fields
    starts: Wholes  # int64[k, r]
    ends: Wholes  # int64[k, r]; all 0 of a record that is not sound, or lacks one of them
    fields: Ids  # int32[r]: how many fields it has
    problems: Ids  # int32[r]: SOUND, OPEN or BROKEN
    lines: Wholes  # int64[r]: the line on which it starts, counted from 0
    used: int  # bytes up to the first record that may go on behind the text
    used_lines: int


def csv_records(text: ArrayLike, wanted: ArrayLike, last: bool, room: int) -> CsvRecords:
    """At most ``room`` records from the start of ``text`` (uint8).

    ``wanted``: int32[k], the columns whose fields are asked for, ascending from 0. Where ``last`` the text
    ends where the file does; else what has no line end yet is left. Raises TypeError, ValueError.
    """
    whole = np.array(byte_column("text", text))
    columns = id_column("wanted", wanted)
    if columns.size and (columns[0] < 0 or (np.diff(columns) <= 0).any()):
        raise ValueError("wanted must ascend from 0")
    slots = np.full(columns[-1] + 1 if columns.size else 0, -1, np.int32)
    slots[columns] = np.arange(columns.size)
    most = min(whole_number("room", room, 0), whole.size)
    places = np.empty((2 * columns.size, most), np.int64)
    fields, problems, lines = np.empty(most, np.int32), np.empty(most, np.int32), np.empty(most, np.int64)
    found, state = np.zeros(5, np.int64), np.zeros(3, np.int64)
    _split(whole, bool(last), slots, places, fields, problems, lines, found, state)
    records, used, used_lines = state.tolist()
    starts, ends = (np.ascontiguousarray(half[:, :records]) for half in np.split(places, 2))
    return CsvRecords(
        whole, starts, ends, fields[:records], problems[:records], lines[:records], used, used_lines
    )


@inlined
def _closing(text, at):  # type: ignore[no-untyped-def]
    """Where the quoted field whose content starts at ``at`` has its closing quote, else the text's end.

    Also how many quotes were doubled on the way, and how many line ends there were.
    """
    doubled = lines = 0
    while at < text.size:
        byte = text[np.uint64(at)]
        if byte == QUOTE:
            if at + 1 >= text.size or text[at + 1] != QUOTE:
                break
            doubled += 1
            at += 1
        elif byte == LF:
            lines += 1
        at += 1
    return at, doubled, lines


@inlined
def _behind_quote(text, at, last):  # type: ignore[no-untyped-def]
    """What is wrong at ``at``, behind a closing quote, and where the field's line or comma is.

    OPEN also where the text ends too early to tell.
    """
    if at < text.size and text[np.uint64(at)] == CR:
        at += 1
    if at >= text.size:
        return (SOUND if last else OPEN), at
    usual = text[np.uint64(at)] == LF or (text[np.uint64(at)] == COMMA and text[at - 1] == QUOTE)
    return (SOUND if usual else BROKEN), at


@inlined
def _undouble(text, start, end):  # type: ignore[no-untyped-def]
    """Makes two quotes one; the new end."""
    at = to = start
    while at < end:
        text[np.uint64(to)] = text[np.uint64(at)]
        at += 2 if text[np.uint64(at)] == QUOTE else 1
        to += 1
    return to


@inlined
def _line_end(text, at):  # type: ignore[no-untyped-def]
    """The next LF from ``at`` on, or the text's end."""
    while at < text.size and text[np.uint64(at)] != LF:
        at += 1
    return at


@inlined
def _is_blank(text, at):  # type: ignore[no-untyped-def]
    """Whether the line that starts at ``at`` holds nothing."""
    return text[np.uint64(at)] == LF or (
        text[np.uint64(at)] == CR and at + 1 < text.size and text[at + 1] == LF
    )


@inlined
def _record(text, at, last, slots, places, row, found):  # type: ignore[no-untyped-def]
    """Fills the places of one record; those of a field with doubled quotes as −1 − its start.

    ``found``: where it ends, its problem, its fields, the line ends in it, and the doubled quotes.
    """
    k, size, column, lines, escaped, problem = places.shape[0] // 2, text.size, 0, 0, 0, SOUND
    while True:
        first, doubled = at, 0
        if at < size and text[np.uint64(at)] == QUOTE:
            first = at + 1
            end, doubled, passed = _closing(text, first)
            lines += passed
            problem, at = (OPEN, end) if end >= size else _behind_quote(text, end + 1, last)
            if problem != SOUND:
                break
        else:
            while at < size and text[np.uint64(at)] != COMMA and text[np.uint64(at)] != LF:
                at += 1
            end = at
            if at >= size and not last:
                problem = OPEN
                break
            if end > first and text[end - 1] == CR and (at >= size or text[np.uint64(at)] == LF):
                end -= 1
        if column < slots.size and slots[column] >= 0:
            places[slots[column], row] = -1 - first if doubled else first
            places[k + slots[column], row] = end
            escaped += doubled
        column += 1
        if at >= size or text[np.uint64(at)] == LF:
            break
        at += 1
    found[0], found[1], found[2], found[3], found[4] = at, problem, column, lines, escaped


_SPLIT = (BYTES_OUT, MARK, IDS_IN, _TABLE, IDS_OUT, IDS_OUT, WHOLES_OUT, WHOLES_OUT, WHOLES_OUT)


@kernel(_SPLIT, counted=False)
def _split(text, last, slots, places, fields, problems, lines, found, state):  # type: ignore[no-untyped-def]
    """Fills the records; ``state``: how many there are, the bytes and the lines used."""
    k, at, row, line = places.shape[0] // 2, 0, 0, 0
    while at < text.size and row < fields.size:
        if _is_blank(text, at):
            at = _line_end(text, at) + 1
            line += 1
            continue
        _record(text, at, last, slots, places, row, found)
        end, problem = found[0], found[1]
        if problem != SOUND:
            end = _line_end(text, at)
            if not last and (problem == OPEN or end >= text.size):
                break  # it may go on
            found[3] = 0
        if problem != SOUND or found[2] < slots.size:
            for slot in range(2 * k):
                places[slot, row] = 0
        elif found[4] > 0:
            for slot in range(k):
                if places[slot, row] < 0:
                    places[slot, row] = -1 - places[slot, row]
                    places[k + slot, row] = _undouble(text, places[slot, row], places[k + slot, row])
        fields[row], problems[row], lines[row] = found[2], problem, line
        line += found[3] + 1
        at = end + 1
        row += 1
    state[0], state[1], state[2] = row, min(at, text.size), line
