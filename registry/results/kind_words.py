"""What the kinds of a candidate's results say together: each set of kinds is put into words once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ..records import OK
from .located import PRECEDENCE

SEEDED = ("zoo", "published")  # sources of models that nothing is known of the accuracy of
_KINDS = """
SELECT status, model_source, memory_scope, energy_source, assumed, flags FROM result_kinds ORDER BY id
"""


@dataclass(frozen=True, slots=True)
class Kind:
    """What many results have in common, beside their figures."""

    status: str
    model_source: str
    memory_scope: str | None
    energy_source: str | None
    assumed: str
    flags: str

    @property
    def is_ok(self) -> bool:
        """Whether such results ran."""
        return self.status == OK

    @property
    def place(self) -> int:
        """Its status's place in PRECEDENCE, from 1 on; those that are not in it come after all."""
        return PRECEDENCE.index(self.status) + 1 if self.status in PRECEDENCE else len(PRECEDENCE) + 1

    @property
    def is_decided(self) -> bool:
        """Whether such results say if their configuration runs."""
        return self.place <= len(PRECEDENCE)


def stored_kinds(connection: duckdb.DuckDBPyConnection) -> list[Kind]:
    """All kinds; the first has the id 1."""
    return [Kind(*row) for row in connection.execute(_KINDS).fetchall()]


def packed(has: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """``has``, bool[candidates, kinds, 2]: unusable and usable results of that kind; as bits, a row each."""
    return np.packbits(has.reshape(len(has), 2 * has.shape[1]), axis=1)


def sets_in_words(kinds: Sequence[Kind], rows: NDArray[np.uint8]) -> tuple[NDArray[np.int64], pa.Table]:
    """The number of each row's set of kinds, int64[candidates], and a table that says what each number means.

    ``rows`` are ``packed``. The table's columns: kinds (the number), place and status (of the one that stands
    for all), memory_scope and energy_source (null where there are several), assumed and flags (of any).
    """
    number, first = _distinct(rows)
    marks = np.unpackbits(rows[first], axis=1, count=2 * len(kinds)).reshape(len(first), len(kinds), 2)
    words = [
        _words(*([kinds[k] for k in np.flatnonzero(some).tolist()] for some in (of[:, 1], of.any(axis=1))))
        for of in marks.astype(np.bool_)
    ]
    columns = {name: [of[name] for of in words] for name in _words([], [])}
    return number, pa.table({"kinds": range(len(words))} | columns)


def _distinct(rows: NDArray[np.uint8]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The number of each row among the distinct ones, and where each of those is found first."""
    number, first = np.zeros(len(rows), np.int64), np.zeros(min(1, len(rows)), np.int64)
    for byte in rows.T:
        _, first, number = np.unique(number * 256 + byte, return_index=True, return_inverse=True)
    return number, first


def _words(usable: Sequence[Kind], every: Sequence[Kind]) -> dict[str, int | str | None]:
    place, status = min(((kind.place, kind.status) for kind in every), default=(0, ""))
    seeded = ["speed_only"] if any(kind.model_source in SEEDED for kind in usable) else []
    return {
        "place": place,
        "status": status,
        "memory_scope": _only(kind.memory_scope for kind in usable),
        "energy_source": _only(kind.energy_source for kind in usable),
        "assumed": _joined(kind.assumed for kind in every),
        "flags": _joined([*(kind.flags for kind in every), *seeded]),
    }


def _only(values: Iterable[str | None]) -> str | None:
    """The one value that there is; None where there are several."""
    distinct = {value for value in values if value is not None}
    return distinct.pop() if len(distinct) == 1 else None


def _joined(texts: Iterable[str]) -> str:
    return ",".join(sorted({part for text in texts for part in text.split(",") if part}))
