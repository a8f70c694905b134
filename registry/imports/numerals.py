"""Numbers in foreign files, read without leniency: each reason says what stands there instead."""

from __future__ import annotations

import math
import re
import sys

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_NOT_FINITE = re.compile(r"[+-]?(nan|inf|infinity)", re.ASCII | re.IGNORECASE)
_LARGEST_COUNT = 2**31 - 1


class BadNumberError(ValueError):
    """A field that is no such number; ``str(error)`` is the reason, naming the column."""


def non_negative(column: str, text: str) -> float:
    """The finite number >= 0 in ``text``. Raises BadNumberError."""
    text = text.strip()
    if not text:
        raise BadNumberError(f"{column} is empty")
    if not _NUMBER.fullmatch(text):
        kind = "not finite" if _NOT_FINITE.fullmatch(text) else "not a number"
        raise BadNumberError(f"{column} is {kind}: {text[:40]!r}")
    value = float(text)
    if not math.isfinite(value):
        raise BadNumberError(f"{column} is not finite: {text[:40]!r}")
    if value < 0.0:
        raise BadNumberError(f"{column} is negative: {text[:40]!r}")
    return value


def positive(column: str, text: str) -> float:
    """The finite number > 0 in ``text``; denormal numbers are no measurement. Raises BadNumberError."""
    value = non_negative(column, text)
    if value < sys.float_info.min:
        raise BadNumberError(f"{column} is {'0' if value == 0.0 else 'too small'}: {text.strip()[:40]!r}")
    return value


def count(column: str, text: str) -> int:
    """The whole number from 1 to 2**31 - 1 in ``text``, which may read ``1024.0``. Raises BadNumberError."""
    value = positive(column, text)
    if not value.is_integer() or value > _LARGEST_COUNT:
        shown = text.strip()[:40]
        raise BadNumberError(f"{column} is not a whole number from 1 to {_LARGEST_COUNT}: {shown!r}")
    return int(value)
