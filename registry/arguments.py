"""What Python calls are given, before anything is done with it: a wrong type is said in one line.

The command line knows the types of its words; a script may pass anything.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from operator import index
from pathlib import Path
from typing import Any

import numpy as np

from .catalogue.labels import is_text
from .errors import ArgumentError

LARGEST = 2**63 - 1


def text(name: str, value: object, example: str) -> str:
    """The argument as a plain str. Raises ArgumentError for what is none, or can't be written down."""
    if not isinstance(value, str):
        raise _needed(name, f'a text, such as "{example}",', value)
    if not is_text(value):
        raise _needed(name, f'a text of whole characters, such as "{example}",', value)
    return str(value)


def text_or_none(name: str, value: object, example: str) -> str | None:
    """As ``text``; None stays None."""
    return None if value is None else text(name, value, example)


def whole(name: str, value: object) -> int:
    """The argument as an int of 64 bits, NumPy's among them. Raises ArgumentError; True is no number."""
    if isinstance(value, bool | np.bool_) or not hasattr(value, "__index__"):
        raise _needed(name, "a whole number", value)
    try:
        number = index(value)
    except TypeError:  # an array has the method too
        raise _needed(name, "a whole number", value) from None
    if abs(number) > LARGEST:
        raise ArgumentError(f"{name}: a whole number up to 2**63 - 1 is needed, not one that is beyond")
    return number


def whole_or_none(name: str, value: object) -> int | None:
    """As ``whole``; None stays None."""
    return None if value is None else whole(name, value)


def flag(name: str, value: object) -> bool:
    """The argument as a bool: True, False, 1 or 0. Raises ArgumentError for anything else, such as "no"."""
    if isinstance(value, bool | np.bool_ | int | np.integer) and value in (0, 1):
        return bool(value)
    raise _needed(name, "True or False", value)


def listed(name: str, value: object) -> list[Any]:
    """The argument's items. Raises ArgumentError for one thing where several are asked for."""
    needed = _needed(name, "a list, such as [12, 13],", value)
    if isinstance(value, str | bytes | bytearray) or not isinstance(value, Iterable):
        raise needed
    try:
        return list(value)
    except TypeError:  # an array of no dimension says only then that it has no items
        raise needed from None


def path(name: str, value: object) -> Path:
    """The argument as a path. Raises ArgumentError for what is none."""
    if isinstance(value, str | os.PathLike) and isinstance(os.fspath(value), str):
        return Path(value)
    raise _needed(name, 'a path, such as "fitment.duckdb",', value)


def _needed(name: str, what: str, value: object) -> ArgumentError:
    shown = " ".join(ascii(value).split())
    return ArgumentError(f"{name}: {what} is needed, not {shown if len(shown) <= 60 else f'{shown[:59]}…'}")
