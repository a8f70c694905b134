"""What a PeaTMOSS database links to its models, a batch at a time: names as lists, sorted, each once."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..catalogue.labels import LONGEST, is_text
from .sqlite_file import decoded, text

if TYPE_CHECKING:
    import pyarrow as pa

# A list that PeaTMOSS filled from the hub's tags may keep their prefix.
_PREFIXES = {"license": "license:", "dataset": "dataset:"}
_NOTHING = frozenset({"", "none", "null", "nan"})


@dataclass(frozen=True)
class Vocabulary:
    """The names of one look-up table, or of several together."""

    names: tuple[str, ...]  # sorted
    ranks: dict[str, _Ranks]  # by table


@dataclass(frozen=True)
class _Ranks:
    """Where the names of a look-up table's rows stand among the names."""

    rows: NDArray[np.int64]  # their ids, ascending
    ranks: NDArray[np.int64]

    def of(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """The place of each row's name; -1 for a row that has none."""
        found = _places(self.rows, rows)
        return np.where(found >= 0, self.ranks[found] if len(self.ranks) else -1, -1)


@dataclass(frozen=True)
class Links:
    """Which names belong to each of n models, as int64[m] pairs in order, each once."""

    n: int
    places: NDArray[np.int64]  # of the models in their batch
    ranks: NDArray[np.int64]  # of the names in ``names``
    names: Sequence[str]

    @cached_property
    def counts(self) -> NDArray[np.int64]:
        """int64[n]: how many names each model has."""
        return np.bincount(self.places, minlength=self.n)

    def lists(self, names: Sequence[str] | None = None) -> pa.ListArray:
        """list<string>[n]; ``names``: in place of the vocabulary's own."""
        import pyarrow as pa

        offsets = np.concatenate([[0], np.cumsum(self.counts)]).astype(np.int32)
        known = pa.array(names or self.names, pa.string())
        return pa.ListArray.from_arrays(pa.array(offsets), known.take(pa.array(self.ranks)))

    def among(self, wanted: frozenset[str]) -> Links:
        """Those whose name is one of ``wanted``."""
        keep = np.array([name in wanted for name in self.names], np.bool_)[self.ranks]
        return Links(self.n, self.places[keep], self.ranks[keep], self.names)


def vocabulary(con: sqlite3.Connection, tables: Sequence[str], doubts: Counter[str]) -> Vocabulary:
    """The names in ``tables``; in ``doubts`` is counted what can't be a name."""
    found = {table: _look_up(con, table, doubts) for table in tables}
    names = tuple(sorted({name for known in found.values() for name in known.values()}))
    place = {name: rank for rank, name in enumerate(names)}
    return Vocabulary(names, {table: _ranks(known, place) for table, known in found.items()})


def _ranks(known: dict[int, str], place: dict[str, int]) -> _Ranks:
    rows = sorted(known)
    return _Ranks(np.array(rows, np.int64), np.array([place[known[row]] for row in rows], np.int64))


def linked(
    con: sqlite3.Connection, known: Vocabulary, tables: Sequence[str], ids: NDArray[np.int64]
) -> Links:
    """What ``model_to_X`` of each of ``tables`` says of the models ``ids``, ascending."""
    wide = max(1, len(known.names))
    keys = [np.empty(0, np.int64)]
    for table in tables:
        ((packed,),) = con.execute(  # as one text: a hundred thousand pairs as objects take longer to make
            f"SELECT group_concat(model_id || ' ' || {table}_id, ' ') FROM model_to_{table} "  # noqa: S608
            f"WHERE typeof(model_id) = 'integer' AND typeof({table}_id) = 'integer' "
            "AND model_id BETWEEN ? AND ?",
            [int(ids[0]), int(ids[-1])],
        ).fetchall()
        models, names = np.fromstring(packed or b"", np.int64, sep=" ").reshape(-1, 2).T
        places, ranks = _places(ids, models), known.ranks[table].of(names)
        sound = (places >= 0) & (ranks >= 0)
        keys.append(places[sound] * wide + ranks[sound])
    each = np.sort(np.concatenate(keys))
    each = each[np.concatenate([[True], each[1:] != each[:-1]])] if len(each) else each
    return Links(len(ids), each // wide, each % wide, known.names)


def _places(known: NDArray[np.int64], asked: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where each of ``asked`` stands in ``known``, which ascends; -1 where it doesn't."""
    if not len(known):
        return np.full(len(asked), -1, np.int64)
    found = np.minimum(np.searchsorted(known, asked), len(known) - 1)
    return np.where(known[found] == asked, found, -1)


def _look_up(con: sqlite3.Connection, table: str, doubts: Counter[str]) -> dict[int, str]:
    found: dict[int, str] = {}
    rows = con.execute(
        f"SELECT id, {text('name')} FROM {table} WHERE typeof(id) = 'integer'"  # noqa: S608 - fixed names
    )
    for row, raw in rows:
        name = (decoded(raw) or "").removeprefix(_PREFIXES.get(table, ""))
        if name.lower() in _NOTHING:
            continue
        if name.isprintable() and is_text(name) and len(name) <= LONGEST:
            found[row] = name
        else:
            doubts[f"{table} names that are too long, or hold what can't be printed"] += 1
    return found
