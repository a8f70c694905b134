"""Bootstrap of a location per group, exactly: of rows, or of processes and then of the rows inside each.

Rows of one process are not independent: where a group holds several processes, a resample draws as many
processes as there are, with replacement, and inside each drawn process as many of its rows as it has
(Davison and Hinkley, Bootstrap Methods and their Application, 1997, §3.8). Without processes it draws rows.

The location is the median of process medians, or the mean of process means: every process counts once,
however many rows it holds. Reports give the median; the mean is what other libraries resample fastest.

What is drawn follows from (seed, key of the group, replicate, slot, draw) alone (``counter_random.py``):
not from threads, from other groups, or from how many replicates are asked for. All columns share the
draws, so that the throughput, latency and memory of a row stay together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import counter_random
from .columns import group_offsets, inner_share, key_column, metric_columns, whole_column, whole_number
from .lanes import LANES
from .resampling import fill_means, fill_medians
from .threads import each_chunk

Floats = NDArray[np.float64]
Column = NDArray[Any]  # of float32 or float64
Wholes = NDArray[np.int64]
Words = NDArray[np.uint64]

STATISTICS = ("median", "mean")
GROUPS_PER_CHUNK = 32
ROW_DRAWS, PROCESS_DRAWS = 0, 1  # what a stream is for


@dataclass(frozen=True, slots=True)
class BootstrapIntervals:
    """Percentile intervals of g groups, each float64[c, g]; NaN where fewer than two units are left."""

    low: Floats
    high: Floats
    standard_error: Floats  # the standard deviation of the replicates


def bootstrap(
    offsets: ArrayLike,
    values: Any,
    keys: ArrayLike,
    *,
    process_offsets: ArrayLike | None = None,
    statistic: str = "median",
    replicates: int = 1000,
    seed: int = 0,
    threads: int = 1,
) -> Floats:
    """The location of each resample of each group, float64[c, g, replicates].

    ``values``: c columns of n rows (one column, [c, n], or a sequence of columns), float32 or float64.
    ``offsets``: where the rows of each group start, and last where all end, int[g + 1]. With
    ``process_offsets``, int[p + 1], it is those that say so of the rows of each process, and ``offsets``
    of the processes of each group. ``keys``: uint64[g], of names and not of positions
    (``draw_key.short_key``). ``statistic``: "median" or "mean".

    A row in which one column is NaN or infinite is left out for all of them, unless its whole group lacks
    that column: then that column alone is NaN. A process without rows left is no process; a group without
    rows left is NaN; one of a single row repeats it.

    Raises TypeError for values, keys or offsets of a wrong kind, ValueError for shapes, offsets, a
    statistic or numbers of replicates and threads that can't be meant.
    """
    resampling = _resampling(offsets, values, keys, process_offsets, statistic, replicates, seed)
    out = np.empty((resampling.columns, resampling.groups, replicates))
    each_chunk(lambda chunk: resampling.run(resampling.chunk(chunk), out), resampling.chunks, threads)
    return out


def bootstrap_intervals(
    offsets: ArrayLike,
    values: Any,
    keys: ArrayLike,
    *,
    process_offsets: ArrayLike | None = None,
    statistic: str = "median",
    replicates: int = 1000,
    seed: int = 0,
    confidence: float = 0.95,
    threads: int = 1,
) -> BootstrapIntervals:
    """The percentile interval and the standard error of the location of each group.

    Arguments, missing values and errors as ``bootstrap``, whose replicates it holds for a few groups at a
    time. Quantiles between two replicates are interpolated linearly. NaN where fewer than two rows, or with
    processes fewer than two processes, are left: one says nothing of its spread. Few claim too much: the
    interval of 5 medians is hardly more than [min, max], 93.75 %. Take it from 20 on.

    Source: Efron and Tibshirani, An Introduction to the Bootstrap, 1993, §13.3.
    """
    confidence = inner_share("confidence", confidence)
    resampling = _resampling(offsets, values, keys, process_offsets, statistic, replicates, seed)
    low, high, error = (np.empty((resampling.columns, resampling.groups)) for _ in range(3))

    def work(chunk: int) -> None:
        groups = resampling.chunk(chunk)
        found = np.empty((resampling.columns, groups.stop - groups.start, replicates))
        resampling.run(groups, found, groups.start)
        found[:, resampling.units(groups) < 2] = np.nan
        with np.errstate(over="ignore", invalid="ignore"):  # values whose sums or squares are too large
            error[:, groups] = np.std(found, axis=-1, ddof=1)
            found.sort(axis=-1)
            low[:, groups] = _sorted_quantile(found, 0.5 - confidence / 2.0)
            high[:, groups] = _sorted_quantile(found, 0.5 + confidence / 2.0)

    each_chunk(work, resampling.chunks, threads)
    return BootstrapIntervals(low, high, error)


def _sorted_quantile(replicates: Floats, p: float) -> Floats:
    """Quantile ``p`` along the last axis, which is sorted; interpolated linearly."""
    place = p * (replicates.shape[-1] - 1)
    below = int(place)
    above = min(below + 1, replicates.shape[-1] - 1)
    left, right = replicates[..., below], replicates[..., above]
    quantile: Floats = left + (right - left) * (place - below)
    return quantile


@dataclass(frozen=True, slots=True)
class _Resampling:
    """What is resampled: groups of processes of usable rows; without processes each group is one."""

    offsets: Wholes  # int64[g + 1], of processes
    process_offsets: Wholes  # int64[p + 1], of rows; no process is empty
    rows: tuple[Floats, ...]  # float64[n * LANES] of each LANES columns, row after row
    ascending: tuple[Wholes, ...]  # int64[LANES * n], for medians: rows in order, lane after lane
    columns: int
    row_streams: Words  # uint64[g]
    process_streams: Words  # nothing is drawn from them for groups of one process
    replicates: int
    by_process: bool

    @property
    def groups(self) -> int:
        return self.offsets.size - 1

    @property
    def chunks(self) -> int:
        return -(-self.groups // GROUPS_PER_CHUNK)

    def chunk(self, chunk: int) -> slice:
        """The groups of one chunk."""
        return slice(chunk * GROUPS_PER_CHUNK, min((chunk + 1) * GROUPS_PER_CHUNK, self.groups))

    def run(self, groups: slice, out: Floats, first_out: int = 0) -> None:
        """Fills the replicates of some groups into ``out``, whose first group is ``first_out``."""
        ends = self.offsets[groups.start : groups.stop + 1]
        streams = self.row_streams[groups], self.process_streams[groups]
        for block, rows in enumerate(self.rows):
            where = block * LANES, groups.start - first_out
            if self.ascending:
                fill_medians(ends, self.process_offsets, rows, self.ascending[block], *streams, *where, out)
            else:
                fill_means(ends, self.process_offsets, rows, *streams, *where, out)

    def units(self, groups: slice) -> Wholes:
        """How many processes, or rows without processes, each of some groups draws from."""
        ends = self.offsets[groups.start : groups.stop + 1]
        return np.diff(ends if self.by_process else self.process_offsets[ends])


def _resampling(
    offsets: ArrayLike,
    values: Any,
    keys: ArrayLike,
    process_offsets: ArrayLike | None,
    statistic: str,
    replicates: int,
    seed: int,
) -> _Resampling:
    if statistic not in STATISTICS:
        raise ValueError(f'unknown statistic "{statistic}": there are {", ".join(STATISTICS)}')
    replicates = whole_number("replicates", replicates, least=2)
    name, ends = ("offsets", offsets) if process_offsets is None else ("process_offsets", process_offsets)
    of_rows = whole_column(name, ends)
    of_rows = group_offsets(of_rows, int(of_rows[-1]) if of_rows.size else 0, name, "rows")
    processes = of_rows.size - 1
    if process_offsets is None:
        of_processes = np.arange(processes + 1)
    else:
        of_processes = group_offsets(offsets, processes, members="processes")
    columns = metric_columns("values", values, int(of_rows[-1]))
    names = key_column("keys", keys, of_processes.size - 1)
    of_processes, of_rows, rows = _usable_part(of_processes, of_rows, columns)
    row_streams = counter_random.stream_keys(seed, names, ROW_DRAWS)
    by_process = process_offsets is not None
    return _Resampling(
        of_processes,
        of_rows,
        tuple(rows),
        tuple(_ascending(of_rows, lanes) for lanes in rows) if statistic == "median" else (),
        len(columns),
        row_streams,
        counter_random.stream_keys(seed, names, PROCESS_DRAWS) if by_process else row_streams,
        replicates,
        by_process,
    )


def _usable_part(
    offsets: Wholes, process_offsets: Wholes, columns: Sequence[Column]
) -> tuple[Wholes, Wholes, list[Floats]]:
    """Both offsets without unusable rows and the processes left without any; the rows, LANES columns each."""
    if not all(np.isfinite(column).all() for column in columns):
        finite = np.isfinite(columns)
        usable = _usable_rows(process_offsets[offsets], finite)
        process_offsets = _totals(usable)[process_offsets]
        columns = list(np.where(finite, columns, np.nan)[:, usable])
    kept = process_offsets[1:] > process_offsets[:-1]
    if not kept.all():
        offsets = _totals(kept)[offsets]
        process_offsets = np.concatenate([[0], process_offsets[1:][kept]])
    return offsets, process_offsets, [_lanes(columns[i : i + LANES]) for i in range(0, len(columns), LANES)]


def _lanes(block: Sequence[Column]) -> Floats:
    """Up to LANES columns side by side, row after row; 0 in lanes without one."""
    lanes = np.empty((block[0].size, LANES))
    for lane, column in enumerate(block):
        lanes[:, lane] = column
    lanes[:, len(block) :] = 0.0
    return lanes.ravel()


def _ascending(process_offsets: Wholes, lanes: Floats) -> Wholes:
    """The rows of each process from the smallest to the largest value, int64[LANES * n], lane after lane."""
    process = np.repeat(np.arange(process_offsets.size - 1), np.diff(process_offsets))
    return np.concatenate([np.lexsort((lane, process)) for lane in lanes.reshape(-1, LANES).T])


def _totals(marks: NDArray[np.bool_]) -> Wholes:
    """How many of the first 0, 1, … n are marked, int64[n + 1]."""
    return np.concatenate([[0], np.cumsum(marks)])


def _usable_rows(group_ends: Wholes, finite: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The rows, bool[n], in which no column is missing that their group has at all."""
    usable = np.ones(finite.shape[1], np.bool_)
    for known in finite:
        lacks = np.diff(_totals(known)[group_ends]) == 0
        usable &= known | np.repeat(lacks, np.diff(group_ends))
    return usable
