"""What is a number of each candidate, for the candidates of a range of ids, by compiled kernels.

Memory is bounded by the range and used again for the next one: fresh pages cost more than the arithmetic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ...kernels.group_medians import group_medians
from ...kernels.moments import group_moments
from ...kernels.workspace import Workspace
from .interval_columns import STATISTICS
from .kind_words import Kind, packed
from .located import JOINED, SPREAD

FIGURES = {
    "throughput": "throughput",
    **{name: f"latency_{name}_s" for name in STATISTICS},
    "memory": "peak_memory_bytes::DOUBLE",
    "energy": "energy_per_unit_j",
}
BATCH = 2**17  # rows that are taken over at a time
_READ = f"""
SELECT candidate_id, kind_id, {", ".join(f"{of} AS {name}" for name, of in FIGURES.items())}
FROM performance_results WHERE candidate_id BETWEEN $first AND $last
"""  # noqa: S608 - our own names
Floats = NDArray[np.float64]
Numbers = dict[str, NDArray[Any]]


@dataclass(slots=True)
class Room:
    """Memory for the results of one range after another, of at most ``size`` rows."""

    size: int
    work: Workspace = field(default_factory=Workspace)
    candidate: NDArray[np.int32] = field(init=False)
    kind: NDArray[np.int32] = field(init=False)
    figures: list[Floats] = field(init=False)
    joint: dict[str, Floats] = field(init=False)

    def __post_init__(self) -> None:
        self.candidate, self.kind = np.empty(self.size, np.int32), np.empty(self.size, np.int32)
        self.figures = [np.empty(self.size) for _ in FIGURES]
        self.joint = {name: np.empty(self.size) for name in JOINED}


@dataclass(frozen=True, slots=True)
class _Results:
    """The results of a range's candidates."""

    candidate: NDArray[np.int32]  # place in the range
    kind: NDArray[np.int32]  # place in the list of kinds
    figures: dict[str, Floats]  # NaN = missing
    left_out: NDArray[np.int8]  # 0: usable


def range_numbers(
    connection: duckdb.DuckDBPyConnection, room: Room, kinds: Sequence[Kind], first: int, last: int
) -> Numbers:
    """The columns of ``located`` that are numbers, of each of the candidates ``first`` to ``last``; and
    ``kinds``, which kinds its results have, ``packed``.
    """
    results, groups = _read(connection, room, kinds, first, last), last - first + 1
    figures = list(results.figures.values())
    found = group_medians(results.candidate, figures, groups, status=results.left_out, work=room.work)
    count = dict(zip(results.figures, found.count, strict=True))
    decided = np.array([kind.is_decided for kind in kinds], np.bool_)[results.kind]
    has = np.zeros((groups, len(kinds), 2), np.bool_)
    has[results.candidate, results.kind, 1 - results.left_out] = True
    return {
        "candidate_id": np.arange(first, last + 1, dtype=np.int32),
        "n": count["throughput"],
        "n_tried": np.bincount(results.candidate[decided], minlength=groups),
        **{f"n_{name}": count[name] for name in STATISTICS},
        **dict(zip(results.figures, found.median, strict=True)),
        **{
            f"{name}_around": np.ascontiguousarray(found.around[:, i].T)
            for i, name in enumerate(results.figures)
        },
        **_squares(results, groups, count, room),
        "kinds": packed(has),
    }


def _squares(results: _Results, groups: int, count: dict[str, NDArray[np.int64]], room: Room) -> Numbers:
    """Sums of squared deviations of ln values; figures of ``results`` become their logarithms.

    Of latencies only those that are the first that the most processes have, of some candidate.
    """
    counts = np.array([count[name] for name in STATISTICS])
    first = counts.argmax(axis=0)[counts.max(axis=0, initial=0) > 0]
    latencies = [name for i, name in enumerate(STATISTICS) if (first == i).any()]
    names, joined = ["throughput", *latencies, "memory", "energy"], [*latencies, "energy"]
    logs = {name: np.log(results.figures[name], out=results.figures[name]) for name in names}
    rows = slice(len(results.candidate))
    joint = [np.add(logs["throughput"], logs[name], out=room.joint[name][rows]) for name in joined]
    found = group_moments(
        results.candidate, [*logs.values(), *joint], groups, status=results.left_out, work=room.work
    )
    squares = np.where(found.count == 1, 0.0, found.variance * (found.count - 1))
    for name in ("memory", "energy"):  # that not all have
        squares[names.index(name), count[name] != count["throughput"]] = np.nan
    columns = dict(
        zip([*(f"{x}_squares" for x in names), *(f"{x}_joint" for x in joined)], squares, strict=True)
    )
    every = (*(f"{name}_squares" for name in SPREAD), *(f"{name}_joint" for name in JOINED))
    return {name: columns.get(name, np.full(groups, np.nan)) for name in every}


def _read(
    connection: duckdb.DuckDBPyConnection, room: Room, kinds: Sequence[Kind], first: int, last: int
) -> _Results:
    columns: list[NDArray[Any]] = [room.candidate, room.kind, *room.figures]
    end = 0
    for batch in connection.sql(_READ, params={"first": first, "last": last}).to_arrow_reader(BATCH):
        start, end = end, end + batch.num_rows
        for column, part in zip(columns, batch.columns, strict=True):
            _copy(part, column[start:end])
    candidate, kind = room.candidate[:end], room.kind[:end]
    np.subtract(candidate, first, out=candidate)
    np.subtract(kind, 1, out=kind)
    named = {name: column[:end] for name, column in zip(FIGURES, room.figures, strict=True)}
    named["energy"][named["energy"] <= 0.0] = np.nan  # a counter that did not move
    usable = np.array([kind.is_ok for kind in kinds], np.bool_)[kind] & ~np.isnan(named["throughput"])
    return _Results(candidate, kind, named, (~usable).view(np.int8))


def _copy(part: pa.Array, column: NDArray[Any]) -> None:
    """Copies numbers, NULL as NaN: several times as fast as Arrow's own way where some are NULL."""
    valid, values = part.buffers()
    rows = slice(part.offset, part.offset + len(part))
    column[:] = np.frombuffer(values, column.dtype, rows.stop)[rows]
    if part.null_count:
        marks = np.unpackbits(np.frombuffer(valid, np.uint8), count=rows.stop, bitorder="little")
        column[marks[rows] == 0] = np.nan
