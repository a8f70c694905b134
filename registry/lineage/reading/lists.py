"""The strings that each text of a column lists, as places in one buffer: most need no Python object."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..names import packed
from .columns import Coded
from .literals import LiteralError

_ODD = np.ones(256, np.bool_)  # bytes that the plain shape does not have inside
_ODD[32:127] = False
_ODD[[ord("'"), ord("\\")]] = True
_OPEN, _CLOSE = (np.frombuffer(mark, np.uint8) for mark in (b"['", b"']"))

Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Lists:
    """String k is ``text[firsts[k]:ends[k]]``; those of text c are from ``begins[c]`` on."""

    text: NDArray[np.uint8]  # UTF-8
    firsts: Places
    ends: Places
    begins: Places  # int64[texts + 1]

    def of(self, code: int) -> tuple[str, ...]:
        """The strings of one text."""
        raw = (slice(self.firsts[k], self.ends[k]) for k in range(*self.begins[code : code + 2].tolist()))
        return tuple(self.text[each].tobytes().decode() for each in raw)


def lists_of(
    coded: Coded, parse: Callable[[str], tuple[str, ...]], *, plain: bool
) -> tuple[Lists, dict[int, str]]:
    """The strings of each text by ``parse``, and why some have none.

    ``plain``: texts such as ``['mit']``, of one string in plain ASCII, are taken as they are.
    """
    starts, count = coded.starts[:-1], len(coded.starts) - 1
    taken = _plain(coded) if plain else np.zeros(count, np.bool_)
    found: dict[int, tuple[str, ...]] = {}
    bad: dict[int, str] = {}
    for code in np.flatnonzero(~taken).tolist():
        try:
            found[code] = parse(coded[code].decode())
        except UnicodeDecodeError:
            bad[code] = "not UTF-8"
        except LiteralError as error:
            bad[code] = str(error)
    counts = taken.astype(np.int64)
    counts[list(found)] = [len(values) for values in found.values()]
    begins = np.zeros(count + 1, np.int64)
    np.cumsum(counts, out=begins[1:])
    more, at = packed(value for values in found.values() for value in values)
    firsts, ends = np.empty(begins[-1], np.int64), np.empty(begins[-1], np.int64)
    firsts[begins[:-1][taken]], ends[begins[:-1][taken]] = starts[taken] + 2, coded.starts[1:][taken] - 2
    rest = np.repeat(~taken, counts)
    firsts[rest], ends[rest] = at[:-1] + len(coded.text), at[1:] + len(coded.text)
    return Lists(np.concatenate([coded.text, more]), firsts, ends, begins), bad


def _plain(coded: Coded) -> NDArray[np.bool_]:
    """Which texts are ``['…']`` with at least one character inside, none of them odd."""
    found = np.diff(coded.starts) > 4
    starts, ends = coded.starts[:-1][found], coded.starts[1:][found]
    fits = (coded.text[starts[:, None] + (0, 1)] == _OPEN).all(axis=1)
    fits &= (coded.text[ends[:, None] - (2, 1)] == _CLOSE).all(axis=1)
    odd = np.zeros(len(coded.text) + 1, np.int32)
    np.cumsum(_ODD[coded.text], out=odd[1:])
    found[found] = fits & (odd[ends - 2] == odd[starts + 2])
    return found
