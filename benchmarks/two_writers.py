"""Two processes that append to one store while a third asks it: ``python -m benchmarks.two_writers``.

Each writer appends ``--results`` runs of its own machine, one after another as fast as it can; the reader
asks for a recommendation again and again until both are done. No result may be lost, and every question must
be answered.
"""

from __future__ import annotations

import argparse
import multiprocessing
import statistics
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing.synchronize import Barrier, Event
from pathlib import Path

from fitment.registry.answers import Question
from fitment.registry.errors import FitmentError
from fitment.registry.fit.recommend import recommend
from fitment.registry.records import Cell, Configuration, Environment, Measurement
from fitment.registry.results.append import append_environment, append_measurement
from fitment.registry.storage.store import Store

from benchmarks.store_scores import machine

WRITERS, RESULTS = 2, 500
MODEL, BATCHES = "net", (1, 8, 64, 256)
PATIENCE_S = 600.0  # until all have started


@dataclass(frozen=True, slots=True)
class Written:
    """What one writer was told: the ids of its results, how long each took; and when it was at work."""

    ids: list[int]
    seconds: list[float]
    started: float  # on the machine's monotonic clock
    ended: float


@dataclass(frozen=True, slots=True)
class Read:
    """How long each answer took, how many runs the answers stood on, and why others did not come."""

    seconds: list[float]
    runs: list[int]
    unanswered: list[str]


@dataclass(frozen=True, slots=True)
class Found:
    """What the three did, and what the store holds afterwards."""

    written: list[Written]
    read: Read
    stored: list[int]  # ids of all results, ascending; the first was there before

    @property
    def lost(self) -> int:
        """How many results were acknowledged that the store does not hold under an id of their own."""
        acknowledged = [i for each in self.written for i in each.ids]
        return len(acknowledged) - len(set(acknowledged) & set(self.stored))

    @property
    def seconds(self) -> float:
        """From the start of the writers until the last result was safe."""
        return max(each.ended for each in self.written) - min(each.started for each in self.written)

    def lines(self) -> list[str]:
        """The report."""
        appends = [s * 1e3 for each in self.written for s in each.seconds]
        reads = [s * 1e3 for s in self.read.seconds]
        return [
            f"{len(self.written)} writers: {len(appends):,} results acknowledged, {len(self.stored) - 1:,}"
            f" stored, {self.lost} lost; {len(appends) / self.seconds:,.0f} appends/s",
            f"an append: median {statistics.median(appends):,.1f} ms, slowest {max(appends):,.1f} ms",
            f"a reader: {len(reads):,} answers, {len(self.read.unanswered)} unanswered;"
            f" median {statistics.median(reads):,.1f} ms, slowest {max(reads):,.1f} ms",
            f"its first answer stood on {self.read.runs[0]:,} runs, its last on {self.read.runs[-1]:,}",
            *self.read.unanswered,
        ]


def main(arguments: list[str] | None = None) -> int:
    """Prints what was written and read; 1 where a result was lost or a question stayed without an answer."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--results", type=int, default=RESULTS, help="how many each of the two appends")
    given = parser.parse_args(arguments)
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        found = write_and_read(Path(folder) / "store.duckdb", given.results)
    print("\n".join(found.lines()))
    return 1 if found.lost or found.read.unanswered else 0


def write_and_read(path: Path, results: int) -> Found:
    """What two writers and a reader do to a new store at ``path``."""
    append(Store.open(path, create=True), 0, 0)  # so that there is an answer from the start
    context = multiprocessing.get_context("spawn")
    shared = context.Barrier(WRITERS + 1), context.Event()
    with ProcessPoolExecutor(WRITERS + 1, context, _share, shared) as pool:
        reader = pool.submit(read, path)
        writers = [pool.submit(write, path, number, results) for number in range(1, WRITERS + 1)]
        try:
            written = [writer.result() for writer in writers]
        finally:
            shared[1].set()
        answers = reader.result()
    with Store.open(path).reading() as connection:
        stored = connection.execute("SELECT id FROM performance_results ORDER BY id").fetchall()
    return Found(written, answers, [i for (i,) in stored])


_shared: tuple[Barrier, Event]  # in each child: all begin at the first, the reader ends with the second


def _share(start: Barrier, done: Event) -> None:
    global _shared
    _shared = start, done


def write(path: Path, number: int, results: int) -> Written:
    """A sweep's part, in a process of its own: results of the machine of that number, one after another."""
    store, ids, seconds = Store.open(path), [], []
    _shared[0].wait(PATIENCE_S)
    begun = time.monotonic()
    for i in range(results):
        started = time.monotonic()
        ids.append(append(store, number, i))
        seconds.append(time.monotonic() - started)
    return Written(ids, seconds, begun, time.monotonic())


def read(path: Path) -> Read:
    """The reader's part, in a process of its own: at least one question."""
    found = Read([], [], [])
    _shared[0].wait(PATIENCE_S)
    while True:
        is_last = _shared[1].is_set()
        started = time.monotonic()
        try:
            answer = recommend(Store.open(path), Question(MODEL))
        except FitmentError as error:
            found.unanswered.append(str(error))
        else:
            found.seconds.append(time.monotonic() - started)
            found.runs.append(sum(row.n for row in answer.rows))
        if is_last:
            return found


def append(store: Store, number: int, i: int) -> int:
    """The id of the i-th result of the machine of that number."""
    environment = Environment("cpu", f"CPU {number}", host=f"host-{number}", torch="2.13.0")
    append_environment(store, environment)
    configuration = Configuration(BATCHES[i % len(BATCHES)], "fp32", "eager")
    cell = Cell(MODEL, "zoo", "", "forward", "cpu", environment.hardware, "3x224x224", configuration)
    seconds = configuration.batch * (1 + i % 7 * 0.01) / 100
    run = Measurement(
        cell,
        environment.id,
        "ok",
        "2026-01-02T03:04:05+00:00",
        invocation=i // len(BATCHES),
        throughput=configuration.batch / seconds,
        latency_p50_s=seconds,
        latency_mean_s=seconds,
        peak_memory_bytes=10**8,
        memory_scope="rss",
    )
    return append_measurement(store, run)


if __name__ == "__main__":
    sys.exit(main())
