"""The arrays of an ecosystem from the rows of its file: parents found by name, traits numbered."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...kernels.field_texts import gathered_texts
from .assemble import Arrays, Models, Parents, Said, arrays_of
from .columns import PARENTS
from .ecosystem import TRAITS
from .kinds import KINDS
from .names import Names, by_hash, packed
from .sound_rows import SoundRows, Values

_COLUMN = {"licences": "licences", "languages": "languages", "tasks": "task", "libraries": "library"}


def built(found: SoundRows) -> Arrays:
    """The arrays by name: those of ``Ecosystem``, and of what could not be taken.

    Those are ``missing_bytes``, ``missing_at`` (names of parents that no row has, sorted), ``missing_child``,
    ``missing_parent`` (who names which of them, each pair once), ``quarantine_lines``, and as texts
    ``quarantine_ids`` and ``quarantine_reasons``, each with ``_at``. The same rows give the same arrays.
    """
    kept = np.delete(np.arange(len(found.rows)), np.array(list(found.reasons), np.int64))
    names = _names(found, kept)
    parents, missing = _parents(found, kept, names)
    arrays = arrays_of(_models(found, kept, names), parents)
    return arrays | missing | _quarantine(found)


def _names(found: SoundRows, kept: NDArray[np.int64]) -> Names:
    if not found.reasons:
        return found.names
    text, starts = found.rows.name_bytes, found.rows.name_starts
    own = gathered_texts(text, starts[kept], starts[kept + 1])
    return by_hash(own.text, own.starts)


def _models(found: SoundRows, kept: NDArray[np.int64], names: Names) -> Models:
    rows = found.rows
    return Models(
        name_bytes=names.text,
        name_starts=names.starts,
        likes=rows.wholes["likes"][kept],
        downloads=rows.wholes["downloads"][kept],
        created=rows.created[kept],
        card_characters=rows.wholes["card_characters"][kept],
        card_generated=rows.wholes["card_generated"][kept],
        traits={name: _said(found, _COLUMN[name], kept) for name in TRAITS},
        names=names,
    )


def _said(found: SoundRows, column: str, kept: NDArray[np.int64]) -> Said:
    """Each set of values that a sound model says once, the empty one first, then in order."""
    codes = found.rows.texts[column].codes[kept]
    values = found.values[column]
    used = np.flatnonzero(np.bincount(codes, minlength=len(values)))
    of_text = {code: tuple(sorted(set(values[code]))) for code in used.tolist()}
    sets = [(), *sorted(set(of_text.values()) - {()})]
    place = {each: at for at, each in enumerate(sets)}
    numbers = np.zeros(len(values), np.int32)
    numbers[list(of_text)] = [place[each] for each in of_text.values()]
    return Said(sets, numbers[codes])


def _parents(found: SoundRows, kept: NDArray[np.int64], names: Names) -> tuple[Parents, Arrays]:
    """Who names whom, and those named who are not there."""
    texts, starts, parts = _Pool(), {}, []
    for kind, column in PARENTS.items():
        starts[kind] = texts.add(found.values[column])
    numbers = names.find_all(*packed(texts.names))
    for kind, column in PARENTS.items():
        codes = found.rows.texts[column].codes[kept]
        which, child = _spread(codes, *starts[kind])
        parts.append((which, child.astype(np.int32), np.full(len(child), KINDS.get(kind, 0), np.uint8)))
    which, child, bits = (np.concatenate(part) for part in zip(*parts, strict=True))
    parent = numbers[which]
    there = parent >= 0
    return Parents(parent[there], child[there], bits[there]), _missing(
        texts.names, which[~there], child[~there]
    )


class _Pool:
    """Names, each once."""

    def __init__(self) -> None:
        self.names: dict[str, int] = {}

    def add(self, values: Sequence[Values]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Of each text where its names begin, and their numbers one after the other."""
        starts = np.zeros(len(values) + 1, np.int64)
        np.cumsum([len(each) for each in values], out=starts[1:])
        known = self.names
        numbers = [known.setdefault(name, len(known)) for name in chain.from_iterable(values)]
        return starts, np.array(numbers, np.int64)


def _spread(
    codes: NDArray[np.int32], starts: NDArray[np.int64], numbers: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The names that each row's text holds, and the row of each."""
    counts = np.diff(starts)
    some = np.flatnonzero(counts[codes] > 0)
    own = codes[some]
    times = counts[own]
    ends = np.cumsum(times)
    at = np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - times - starts[own], times)
    return numbers[at], np.repeat(some, times)


def _missing(names: dict[str, int], which: NDArray[np.int64], child: NDArray[np.int32]) -> Arrays:
    """Those who are not there, in order, and who names whom, each pair once."""
    told = np.array(list(names), object)
    used, parent = np.unique(which, return_inverse=True)
    order = sorted(range(len(used)), key=told[used].__getitem__)
    rank = np.empty(len(used), np.int64)
    rank[order] = np.arange(len(used))
    pairs = np.unique(child.astype(np.int64) << 32 | rank[parent])
    text, at = packed(told[used][order])
    arrays: Arrays = {"missing_bytes": text, "missing_at": at}
    arrays["missing_child"] = (pairs >> 32).astype(np.int32)
    return arrays | {"missing_parent": (pairs & 0xFFFFFFFF).astype(np.int32)}


def _quarantine(found: SoundRows) -> Arrays:
    rows = np.array(list(found.reasons), np.int64)
    starts = found.rows.name_starts
    ids = gathered_texts(found.rows.name_bytes, starts[rows], starts[rows + 1])
    text, at = packed(found.reasons.values())
    arrays: dict[str, NDArray[Any]] = {"quarantine_lines": found.rows.lines[rows]}
    arrays |= {"quarantine_ids_bytes": ids.text, "quarantine_ids_at": ids.starts}
    return arrays | {"quarantine_reasons_bytes": text, "quarantine_reasons_at": at}
