"""Which model of an ecosystem a name means, and which may be meant by one that is not there."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from ...errors import UnknownNameError
from ..ecosystem import Ecosystem
from ..names import Names

_SHOWN = 3  # names in a hint
_LONGEST = 200  # characters of a name that are looked at
_ALIKE = 0.6  # a name whose ratio is below that is another one
_CHUNK = 1 << 17  # names looked through at a time, so that what is made of them stays in the cache
_KEPT = 50  # names of a chunk that are compared letter by letter; another as many that end the same
_LOWER = np.arange(256, dtype=np.uint8)
_LOWER[ord("A") : ord("Z") + 1] += 32


def number(ecosystem: Ecosystem, name: str) -> int:
    """The number of the model called ``name``.

    Raises UnknownNameError with the names that come near, whatever their case or organisation.
    """
    found = ecosystem.names.find(name)
    if found is not None:
        return found
    near = nearest(ecosystem, name)
    hint = f"did you mean {' or '.join(near)}?" if near else "give its id in full, such as google/gemma-2b"
    raise UnknownNameError(f'no model "{short(name)}" among the {len(ecosystem):,} of this lineage: {hint}')


def short(name: str) -> str:
    """A name as a message shows it: of one that is no name at all, the beginning."""
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"


def nearest(ecosystem: Ecosystem, name: str) -> list[str]:
    """At most three names that ``name`` may mean, the likeliest first, of the like the most downloaded.

    How like two are is difflib's ratio, whatever their case; a name without an organisation is also held
    against what follows theirs.
    """
    asked = name[:_LONGEST].lower()
    matcher = difflib.SequenceMatcher(None, b=asked)
    ranked: list[tuple[float, float, str]] = []
    raw = asked.encode("utf-8", "surrogatepass")
    for each in set(_candidates(ecosystem.names, raw, ecosystem.downloads)):
        known = ecosystem.names[each]
        alike = _alike(matcher, known[:_LONGEST].lower(), whole="/" in asked)
        if alike >= _ALIKE:
            ranked.append((-alike, -float(np.nan_to_num(ecosystem.downloads[each])), known))
    return [known for _, _, known in sorted(ranked)[:_SHOWN]]


def _alike(matcher: difflib.SequenceMatcher[str], known: str, *, whole: bool) -> float:
    found = 0.0
    for part in (known,) if whole else (known, known.rpartition("/")[2]):
        matcher.set_seq1(part)
        found = max(found, matcher.ratio())
    return found


def _candidates(names: Names, asked: bytes, downloads: NDArray[np.float64]) -> Iterator[int]:
    """The numbers of names that share the most runs of three bytes with ``asked``, or end as it does."""
    runs = np.zeros(1 << 16, np.uint8)
    runs[_runs(np.frombuffer(asked, np.uint8))] = 1
    tail = np.frombuffer(asked.rpartition(b"/")[2], np.uint8)
    for low in range(0, len(names), _CHUNK):
        starts = names.starts[low : low + _CHUNK + 1].astype(np.int64)
        text = _LOWER[names.text[starts[0] : starts[-1]]]
        at = starts - starts[0]
        shared = np.minimum(_counted(runs[_runs(text)], at), max(0, len(asked) - 2))
        longer = np.diff(at) * (0.25 if b"/" in asked else 0.01)
        same = np.flatnonzero(shared >= len(tail) - 2) if len(tail) > 2 else shared[:0]
        same = same[_ends(text, at, same, tail)]
        yield from (low + _top(shared - longer, np.flatnonzero(shared > 0))).tolist()
        yield from (low + _top(np.nan_to_num(downloads[low : low + _CHUNK]), same)).tolist()


def _runs(text: NDArray[np.uint8]) -> NDArray[np.uint16]:
    """A number for each three bytes that follow one another; few others have the same."""
    if len(text) < 3:
        return np.zeros(0, np.uint16)
    wide = text.astype(np.uint16)
    found: NDArray[np.uint16] = wide[:-2] * np.uint16(961) + wide[1:-1] * np.uint16(31) + wide[2:]
    return found


def _counted(hits: NDArray[np.uint8], at: NDArray[np.int64]) -> NDArray[np.int32]:
    """How many hits begin within each name, int32[names]."""
    so_far = np.zeros(int(at[-1]) + 1, np.int32)
    np.cumsum(hits, out=so_far[1 : len(hits) + 1])
    so_far[len(hits) + 1 :] = so_far[len(hits)]
    return np.diff(so_far[at])


def _ends(
    text: NDArray[np.uint8], at: NDArray[np.int64], which: NDArray[np.int64], tail: NDArray[np.uint8]
) -> NDArray[np.bool_]:
    """Of the names ``which``, those whose part behind the organisation is ``tail``."""
    first = at[which + 1] - len(tail)
    begins = (first == at[which]) | (text[np.maximum(first - 1, 0)] == ord("/"))
    fits: NDArray[np.bool_] = (first >= at[which]) & begins
    fits[fits] = (text[first[fits][:, None] + np.arange(len(tail))] == tail).all(axis=1)
    return fits


def _top(score: NDArray[np.float64], which: NDArray[np.int64]) -> NDArray[np.int64]:
    """Of ``which``, the _KEPT of the highest score."""
    if len(which) <= _KEPT:
        return which
    return which[np.argpartition(-score[which], _KEPT)[:_KEPT]]
