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
_OPEN, _CUT, _CLOSE = (np.frombuffer(mark, np.uint8) for mark in (b"['", b"', '", b"']"))
_MOST_PLAIN = 20_000  # bytes: too few for more values or characters than are read

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

    ``plain``: texts such as ``['mit', 'other']``, of strings in plain ASCII, are taken as they are.
    """
    count = len(coded.starts) - 1
    taken, cuts = _plain(coded) if plain else (np.zeros(count, np.bool_), np.zeros(0, np.int64))
    found, bad = _parsed(coded, np.flatnonzero(~taken).tolist(), parse)
    begins, more = np.zeros(count + 1, np.int64), np.searchsorted(cuts, coded.starts)
    counts = np.where(taken, 1 + np.diff(more), 0)
    counts[list(found)] = [len(values) for values in found.values()]
    np.cumsum(counts, out=begins[1:])
    text, at = packed(value for values in found.values() for value in values)
    firsts, ends = np.empty(begins[-1], np.int64), np.empty(begins[-1], np.int64)
    usual = np.repeat(taken, counts)
    firsts[usual] = np.sort(np.concatenate([coded.starts[:-1][taken] + 2, cuts + len(_CUT)]))
    ends[usual] = np.sort(np.concatenate([coded.starts[1:][taken] - 2, cuts]))
    firsts[~usual], ends[~usual] = at[:-1] + len(coded.text), at[1:] + len(coded.text)
    return Lists(np.concatenate([coded.text, text]), firsts, ends, begins), bad


def _parsed(
    coded: Coded, codes: list[int], parse: Callable[[str], tuple[str, ...]]
) -> tuple[dict[int, tuple[str, ...]], dict[int, str]]:
    """The strings of the texts ``codes``, each a Python object, and why some have none."""
    found: dict[int, tuple[str, ...]] = {}
    bad: dict[int, str] = {}
    for code in codes:
        try:
            found[code] = parse(coded[code].decode())
        except UnicodeDecodeError:
            bad[code] = "not UTF-8"
        except LiteralError as error:
            bad[code] = str(error)
    return found, bad


def _plain(coded: Coded) -> tuple[NDArray[np.bool_], Places]:
    """Which texts are ``['…', '…']``, in each string a character or more, none of them odd; and their cuts.

    A cut is where the end of a string and the start of the next, ``', '``, stand.
    """
    found = (np.diff(coded.starts) > 4) & (np.diff(coded.starts) <= _MOST_PLAIN)
    starts, ends = coded.starts[:-1][found], coded.starts[1:][found]
    fits = (coded.text[starts[:, None] + (0, 1)] == _OPEN).all(axis=1)
    fits &= (coded.text[ends[:, None] - (2, 1)] == _CLOSE).all(axis=1)
    cuts = _cuts(coded)
    odd = np.zeros(len(coded.text) + 1, np.int32)
    marks = _ODD[coded.text]
    marks[cuts] = marks[cuts + len(_CUT) - 1] = False
    np.cumsum(marks, out=odd[1:])
    found[found] = fits & (odd[ends - 2] == odd[starts + 2])
    return found, cuts[found[np.searchsorted(coded.starts, cuts, "right") - 1]]


def _cuts(coded: Coded) -> Places:
    """Where ``', '`` stands with at least a character on either side, in its text, and no other such near."""
    at = np.flatnonzero(coded.text == _CUT[0])
    at = at[at + len(_CUT) <= len(coded.text)]
    at = at[(coded.text[at[:, None] + np.arange(len(_CUT))] == _CUT).all(axis=1)]
    whose = np.searchsorted(coded.starts, at, "right") - 1
    at = at[(at > coded.starts[whose] + 2) & (at + len(_CUT) < coded.starts[whose + 1] - 2)]
    near = np.diff(at) <= len(_CUT)
    found: Places = at[~(np.append(near, False) | np.append(False, near))] if len(at) else at
    return found
