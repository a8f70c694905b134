"""The arrays of an ecosystem from the rows of its file: parents found by name, traits numbered."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ....kernels.field_texts import GatheredTexts, gathered_texts, text_codes
from ..assemble import Arrays, Models, Parents, Said, arrays_of
from ..ecosystem import TRAITS
from ..kinds import KINDS
from ..names import Names, packed
from .columns import PARENTS
from .sound_rows import SoundRows

Kept = NDArray[np.int64] | slice  # the rows that count
_COLUMN = {"licences": "licences", "languages": "languages", "tasks": "task", "libraries": "library"}


def row_arrays(found: SoundRows) -> Arrays:
    """The arrays by name: those of ``Ecosystem``, and of what could not be taken.

    Those are ``missing_bytes``, ``missing_at`` (names of parents that no row has, sorted), ``missing_child``,
    ``missing_parent`` (who names which of them, each pair once), ``quarantine_lines``, and as texts
    ``quarantine_ids`` and ``quarantine_reasons``, each with ``_at``. The same rows give the same arrays.
    """
    sound = np.ones(len(found.rows), np.bool_)
    sound[list(found.reasons)] = False
    kept = np.flatnonzero(sound) if found.reasons else slice(None)  # of which nothing need be copied
    names = _names(found, sound)
    parents, missing = _parents(found, kept, names)
    arrays = arrays_of(_models(found, kept, names), parents)
    return arrays | missing | _quarantine(found)


def _names(found: SoundRows, sound: NDArray[np.bool_]) -> Names:
    """The names of the sound rows; they stay in the order of their hashes."""
    if not found.reasons:
        return found.names
    kept = np.flatnonzero(sound)
    own = gathered_texts(found.names.text, found.names.starts[kept], found.names.starts[kept + 1])
    hashes, order = found.names.table
    still = sound[order]
    number = np.cumsum(sound, dtype=np.int32) - np.int32(1)
    return Names(own.text, own.starts, hashes[still], number[order[still]])


def _models(found: SoundRows, kept: Kept, names: Names) -> Models:
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


def _said(found: SoundRows, column: str, kept: Kept) -> Said:
    """Each set of values that a sound model says once, the empty one first, then in order."""
    codes, lists = found.rows.texts[column].codes[kept], found.lists[column]
    used = np.flatnonzero(np.bincount(codes, minlength=len(lists.begins) - 1))
    of_text = {code: tuple(sorted(set(lists.of(code)))) for code in used.tolist()}
    sets = [(), *sorted(set(of_text.values()) - {()})]
    place = {each: at for at, each in enumerate(sets)}
    numbers = np.zeros(len(lists.begins) - 1, np.int32)
    numbers[list(of_text)] = [place[each] for each in of_text.values()]
    return Said(sets, numbers[codes])


def _parents(found: SoundRows, kept: Kept, names: Names) -> tuple[Parents, Arrays]:
    """Who names whom, and those named who are not there."""
    parents, bits = [], []
    children: list[NDArray[np.int32]] = []
    for kind, column in PARENTS.items():
        lists = found.lists[column]
        which, whose = _spread(found.rows.texts[column].codes[kept], lists.begins)
        parents.append(gathered_texts(lists.text, lists.firsts[which], lists.ends[which]))
        children.append(whose.astype(np.int32))
        bits.append(np.full(len(whose), KINDS.get(kind, 0), np.uint8))
    text = np.concatenate([each.text for each in parents])
    ends = np.cumsum(np.concatenate([np.diff(each.starts) for each in parents]))
    starts = np.append(0, ends)
    parent = names.find_all(text, starts)
    child: NDArray[np.int32] = np.concatenate(children)
    there, gone = parent >= 0, np.flatnonzero(parent < 0)
    missing = _missing(gathered_texts(text, starts[gone], starts[gone + 1]), child[gone])
    return Parents(parent[there], child[there], np.concatenate(bits)[there]), missing


def _spread(
    codes: NDArray[np.int32], begins: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The strings that each row's text lists, by number, and the row of each."""
    some = np.flatnonzero(np.diff(begins)[codes] > 0)
    own = codes[some]
    times = begins[own + 1] - begins[own]
    ends = np.cumsum(times)
    at = np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - times - begins[own], times)
    return at, np.repeat(some, times)


def _missing(named: GatheredTexts, child: NDArray[np.int32]) -> Arrays:
    """Those who are not there, in order, and who names whom, each pair once."""
    found = text_codes(named.text, named.starts[:-1], named.starts[1:])
    places = zip(named.starts[found.firsts].tolist(), named.starts[found.firsts + 1].tolist(), strict=True)
    told = [named.text[start:end].tobytes().decode() for start, end in places]
    order = sorted(range(len(told)), key=told.__getitem__)
    rank = np.empty(len(told), np.int64)
    rank[order] = np.arange(len(told))
    pairs = np.unique(child.astype(np.int64) << 32 | rank[found.codes])
    text, at = packed([told[place] for place in order])
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
