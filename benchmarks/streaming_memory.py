"""What memory statistics over a large table take: ``python -m benchmarks.streaming_memory``.

Each contender reads a DuckDB file in a process of its own, whose resident memory is watched from outside:
above what it holds once all is imported and compiled. ``--rows`` for other than 50 M; its tenth is read, too.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import duckdb
import numpy as np
import psutil
from fitment.kernels.group_statistics import group_statistics
from fitment.kernels.moments import group_moments
from fitment.registry.results.streaming import GIB, with_nan

from tests.kernels.resident import (
    HARDWARE,
    METRICS,
    MISSING,
    MODELS,
    sql_moments,
    sql_statistics,
    streamed_moments,
    streamed_statistics,
)

ROWS = 50_000_000
FEW = 10_000  # to warm up with
OURS = "64 MiB"  # DuckDB's own memory, where it only holds a cache of the file
THEIRS = "16 GiB"  # and where its aggregates have to fit as well
EVERY_S = 0.02
POINTS = 10
FLAT = 1.25  # the memory for ten times the rows may be this much more


@dataclass(frozen=True)
class Watched:
    """How long a contender took, and its resident bytes above those at its start, evenly in time."""

    seconds: float
    extra_bytes: list[int]

    @property
    def most(self) -> int:
        return max(self.extra_bytes)

    def curve(self) -> str:
        """MiB: the most in each tenth of the time."""
        parts = np.array_split(np.array(self.extra_bytes), min(POINTS, len(self.extra_bytes)))
        return " ".join(f"{part.max() / 2**20:5.0f}" for part in parts)


def everything(con: duckdb.DuckDBPyConnection) -> tuple[np.ndarray, list[np.ndarray]]:
    """All ids and metrics of the table: what streaming does without."""
    columns = f"model * {HARDWARE} + hardware, {', '.join(METRICS)}"
    table = con.sql(f"SELECT {columns} FROM results").to_arrow_table().combine_chunks()
    ids, *metrics = (column.chunk(0) for column in table.columns)
    return ids.to_numpy(), [with_nan(column) for column in metrics]


def moments_at_once(con: duckdb.DuckDBPyConnection) -> None:
    """The twin of streaming them."""
    group_moments(*everything(con), MODELS * HARDWARE)


def statistics_at_once(con: duckdb.DuckDBPyConnection) -> None:
    """The twin of reading range by range."""
    group_statistics(*everything(con), MODELS * HARDWARE, mad=False)


def moments_by_sql(con: duckdb.DuckDBPyConnection) -> None:
    """DuckDB's own."""
    sql_moments((con,))


def statistics_by_sql(con: duckdb.DuckDBPyConnection) -> None:
    """DuckDB's own, without p99."""
    sql_statistics((con,))


CONTENDERS: dict[Callable[[duckdb.DuckDBPyConnection], object], tuple[str, str]] = {
    streamed_moments: ("moments, streamed", OURS),
    moments_at_once: ("moments, all rows at once", OURS),
    moments_by_sql: ("moments by SQL", THEIRS),
    streamed_statistics: ("with quantiles, by ranges of groups", OURS),
    statistics_at_once: ("with quantiles, all rows at once", OURS),
    statistics_by_sql: ("with quantiles by SQL", THEIRS),
}


def make_table(path: str, rows: int) -> None:
    """The table ``results`` in a file, rows in random order as ``resident_table`` has them."""
    values = ", ".join(
        f"CASE WHEN random() > {MISSING} THEN (0.5 + random())::FLOAT END AS {metric}" for metric in METRICS
    )
    keys = f"floor(random() * {MODELS})::INTEGER AS model, floor(random() * {HARDWARE})::INTEGER AS hardware"
    with duckdb.connect(path) as con:
        con.execute("SET enable_progress_bar = false; SELECT setseed(0.5)")
        con.execute(f"CREATE TABLE results AS SELECT {keys}, {values} FROM range({rows})")


def contend(contender: Callable[..., object], path: str, warm_up: str, memory: str, pipe: Connection) -> None:
    """In the child: warms up, says who it is, waits until it is watched, works, says how long."""
    config: dict[str, str | int] = {"threads": 1, "memory_limit": memory}
    with duckdb.connect(warm_up, read_only=True, config=config) as con:
        contender(con)
    with duckdb.connect(path, read_only=True, config=config) as con:
        con.execute("SET enable_progress_bar = false")
        pipe.send(os.getpid())
        pipe.recv()
        started = time.perf_counter()
        contender(con)
        pipe.send(time.perf_counter() - started)


@contextmanager
def child(target: Callable[..., None], *arguments: object) -> Iterator[None]:
    """A fresh process at work, which has come to a good end with the block."""
    process = multiprocessing.get_context("spawn").Process(target=target, args=arguments)
    process.start()
    yield
    process.join()
    if process.exitcode != 0:
        raise RuntimeError(f"{target.__name__}{arguments} failed")


def watch(contender: Callable[..., object], path: str, warm_up: str) -> Watched:
    """Runs a contender over the table in the file."""
    here, there = multiprocessing.get_context("spawn").Pipe()
    with child(contend, contender, path, warm_up, CONTENDERS[contender][1], there):
        there.close()
        process = psutil.Process(here.recv())
        before, extra = process.memory_info().rss, [0]
        here.send("watched")
        while not here.poll(EVERY_S):
            extra.append(process.memory_info().rss - before)
        return Watched(here.recv(), extra)


def main() -> None:
    """Prints the curves of all contenders, and the claims of K6 about memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    sizes = (most := parser.parse_args().rows) // 10, most
    with tempfile.TemporaryDirectory() as folder:
        files = {rows: str(Path(folder) / f"{rows}.duckdb") for rows in (FEW, *sizes)}
        for rows, path in files.items():
            with child(make_table, path, rows):
                pass
        found = {}
        print("MiB above the start in each tenth of the time; one thread")
        for contender, (title, memory) in CONTENDERS.items():
            for rows in sizes:
                found[contender, rows] = watched = watch(contender, files[rows], files[FEW])
                label = f"{title}, {rows:,} rows, DuckDB in {memory}"
                print(f"{label:75} {watched.seconds:6.1f} s {watched.curve()}", flush=True)
    growth = found[streamed_moments, most].most / found[streamed_moments, sizes[0]].most
    print(f"K6 streamed moments, memory for ten times the rows: {growth:.2f}x, at most {FLAT}x")
    peak = found[streamed_statistics, most].most
    print(f"K6 by ranges of groups: {peak / GIB:.2f} GiB, at most 1 GiB and DuckDB's {OURS}")


if __name__ == "__main__":
    main()
