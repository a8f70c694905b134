"""Fields of text as numbers and times: the plain ones at once, the odd ones each on its own."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ....kernels.field_values import plain_moments, plain_wholes

MOST = 1e15  # of likes and downloads; up to there float64 holds every whole number
_NUMBER = re.compile(r"[+-]?[0-9]{1,30}(\.[0-9]{0,30})?([eE][+-]?[0-9]{1,4})?")
_MARKS = {"True": 1.0, "true": 1.0, "False": 0.0, "false": 0.0}
_NOTHING = frozenset({"", "NULL", "null", "None", "nan", "NaN", "NaT"})

Texts = tuple[NDArray[np.uint8], NDArray[np.int64], NDArray[np.int64]]  # text, starts, ends


def wholes_of(texts: Texts, name: str, problems: dict[int, str]) -> NDArray[np.float64]:
    """The whole numbers, float64[n], NaN where nothing is said; why some can't be, into ``problems``."""
    plain = plain_wholes(*texts)
    return _with_odd(plain.values, plain.odd, texts, name, whole_number, problems)


def moments_of(texts: Texts, name: str, problems: dict[int, str]) -> NDArray[np.datetime64]:
    """The times, datetime64[us][n] in UTC, NaT where nothing is said; likewise."""
    plain = plain_moments(*texts)
    return _with_odd(plain.values, plain.odd, texts, name, moment, problems)


def whole_number(text: str) -> float:
    """The number that ``text`` is, NaN of nothing. Raises ValueError for a negative, broken or huge one."""
    if text in _NOTHING:
        return np.nan
    if text in _MARKS:
        return _MARKS[text]
    number = float(text) if _NUMBER.fullmatch(text) else np.nan
    if not (0 <= number <= MOST and number == int(number)):
        raise ValueError(f"{ascii(text)[:60]} is no whole number from 0 to 1e15")
    return number


def moment(text: str) -> np.datetime64:
    """The time that ``text`` is, NaT of nothing. Raises ValueError where it is none, or has no zone."""
    if text in _NOTHING:
        return np.datetime64("NaT", "us")
    try:
        found = datetime.fromisoformat(text) if len(text) <= 40 else None
        if found is not None and found.tzinfo is not None:
            return np.datetime64(found.astimezone(UTC).replace(tzinfo=None), "us")
    except (ValueError, OverflowError):
        pass
    raise ValueError(f"{ascii(text)[:60]} is no time such as 2022-03-02T23:29:04.000Z")


def _with_odd(
    values: NDArray[Any],
    odd: NDArray[np.bool_],
    texts: Texts,
    name: str,
    parse: Callable[[str], Any],
    problems: dict[int, str],
) -> NDArray[Any]:
    text, starts, ends = texts
    for row in np.flatnonzero(odd).tolist():
        try:
            values[row] = parse(text[starts[row] : ends[row]].tobytes().decode())
        except UnicodeDecodeError:
            problems.setdefault(row, f"its {name} is not UTF-8")
        except ValueError as error:
            problems.setdefault(row, f"its {name}: {error}")
    return values
