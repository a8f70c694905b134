"""Texts of plain numbers and times as numbers; what is not plain is named, for a slower hand to judge."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .field_texts import text_places
from .jit import BYTES_IN, FLOATS_OUT, MARKS_OUT, WHOLES_IN, WHOLES_OUT, inlined, kernel

_ZERO, _MINUS, _T, _COLON, _POINT, _Z = 48, 45, 84, 58, 46, 90
_MOST_DIGITS = 15  # of a whole number that float64 holds exactly
_NAT = np.iinfo(np.int64).min
_SECOND = 1_000_000  # microseconds


@dataclass(frozen=True, slots=True)
class PlainWholes:
    """The numbers of texts, and which texts are none."""

    values: NDArray[np.float64]  # float64[n]; NaN of an empty text, and where odd
    odd: NDArray[np.bool_]  # bool[n]


@dataclass(frozen=True, slots=True)
class PlainMoments:
    """The times of texts, and which texts are none."""

    values: NDArray[np.datetime64]  # datetime64[us][n], UTC; NaT of an empty text, and where odd
    odd: NDArray[np.bool_]  # bool[n]


def plain_wholes(text: ArrayLike, starts: ArrayLike, ends: ArrayLike) -> PlainWholes:
    """The whole numbers that ``text[starts[i]:ends[i]]`` are: 1 to 15 digits, and perhaps ``.0`` behind them.

    ``text``: uint8; ``starts``, ``ends``: int64[n]. Raises TypeError, ValueError.
    """
    whole, first, end = text_places(text, starts, ends)
    values, odd = np.empty(first.size), np.empty(first.size, np.bool_)
    _fill_wholes(whole, first, end, values, odd)
    return PlainWholes(values, odd)


def plain_moments(text: ArrayLike, starts: ArrayLike, ends: ArrayLike) -> PlainMoments:
    """The times that ``text[starts[i]:ends[i]]`` are: ``2022-03-02T23:29:04.000Z``, 0 to 6 decimals.

    Years 0001 to 9999 of the Gregorian calendar, no leap seconds. ``text``: uint8; ``starts``, ``ends``:
    int64[n]. Raises TypeError, ValueError.
    """
    whole, first, end = text_places(text, starts, ends)
    values, odd = np.empty(first.size, np.int64), np.empty(first.size, np.bool_)
    _fill_moments(whole, first, end, values, odd)
    return PlainMoments(values.view("datetime64[us]"), odd)


@inlined
def _digits(text, start, end):  # type: ignore[no-untyped-def]
    """The number that these digits are; −1 where one of them is none."""
    found = 0
    for at in range(start, end):
        digit = np.int64(text[np.uint64(at)]) - _ZERO
        if not 0 <= digit <= 9:
            return -1
        found = int(10 * found + digit)
    return found


@kernel((BYTES_IN, WHOLES_IN, WHOLES_IN, FLOATS_OUT, MARKS_OUT), counted=False)
def _fill_wholes(text, starts, ends, values, odd):  # type: ignore[no-untyped-def]
    for i in range(starts.size):
        end = ends[i]
        if end - starts[i] > 2 and text[end - 2] == _POINT and text[end - 1] == _ZERO:
            end -= 2
        length = end - starts[i]
        number = _digits(text, starts[i], end) if length <= _MOST_DIGITS else -1
        odd[i] = number < 0
        values[i] = np.nan if number < 0 or length == 0 else np.float64(number)


@inlined
def _days(year, month, day):  # type: ignore[no-untyped-def]
    """Days from 1970-01-01 to a day of the Gregorian calendar, as H. Hinnant counts them.

    Source: chrono-compatible low-level date algorithms, https://howardhinnant.github.io/date_algorithms.html
    """
    since_march = year - 1 if month <= 2 else year
    era = since_march // 400
    of_era = since_march - 400 * era
    of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    return 146097 * era + 365 * of_era + of_era // 4 - of_era // 100 + of_year - 719468


@inlined
def _length_of(year, month):  # type: ignore[no-untyped-def]
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month == 4 or month == 6 or month == 9 or month == 11 else 31


@inlined
def _is_stamp(text, at, length):  # type: ignore[no-untyped-def]
    """Whether the marks between the digits are where they belong."""
    if not (length == 20 or 22 <= length <= 27) or text[at + length - 1] != _Z:
        return False
    if length > 20 and text[at + 19] != _POINT:
        return False
    dates = text[at + 4] == _MINUS and text[at + 7] == _MINUS and text[at + 10] == _T
    return dates and text[at + 13] == _COLON and text[at + 16] == _COLON


@inlined
def _moment(text, at, length):  # type: ignore[no-untyped-def]
    """Microseconds since 1970; NaT where the text is no time."""
    if not _is_stamp(text, at, length):
        return _NAT
    year, month, day = (
        _digits(text, at, at + 4),
        _digits(text, at + 5, at + 7),
        _digits(text, at + 8, at + 10),
    )
    hour, minute = _digits(text, at + 11, at + 13), _digits(text, at + 14, at + 16)
    second, part = _digits(text, at + 17, at + 19), _digits(text, at + 20, at + length - 1)
    if min(year - 1, month - 1, day - 1, hour, minute, second, part) < 0 or month > 12:
        return _NAT
    if day > _length_of(year, month) or max(hour - 23, minute - 59, second - 59) > 0:
        return _NAT
    for _ in range(max(length - 21, 0), 6):
        part *= 10
    seconds = ((24 * _days(year, month, day) + hour) * 60 + minute) * 60 + second
    return seconds * _SECOND + part


@kernel((BYTES_IN, WHOLES_IN, WHOLES_IN, WHOLES_OUT, MARKS_OUT), counted=False)
def _fill_moments(text, starts, ends, values, odd):  # type: ignore[no-untyped-def]
    for i in range(starts.size):
        values[i] = _moment(text, starts[i], ends[i] - starts[i])
        odd[i] = values[i] == _NAT and ends[i] > starts[i]
