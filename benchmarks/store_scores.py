"""How fast a large store is scored and asked: ``python -m benchmarks.store_scores``.

A store of ten million results (``large_store``) is scored by ``calculate_scores`` and by the same in SQL
(``scores_in_sql``), in turns, each in a fresh process after one scoring of a tiny store, which imports and
loads all and is not timed; first the rows of the two are held against each other. Reading the columns that
are pooled, and nothing else, shows what any scoring outside the database takes at least. Then models are
asked for, in fresh processes: ``recommend`` after its imports, and the whole command. ``--keep DIR`` makes
the store there, or takes the one that an earlier run left there. Run it on a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from typing import ParamSpec, TypeVar

import duckdb
from fitment.harness.meters import memory
from fitment.registry.fit.suitability import calculate_scores
from fitment.registry.results.located_in_bulk import THREADS
from fitment.registry.results.range_numbers import BATCH, FIGURES
from fitment.registry.storage.store import Store

from benchmarks.large_store import CONFIGURATIONS, HARDWARE, MODELS, REPEATS, Size, make
from benchmarks.scores_in_sql import differences, scores_in_sql

P = ParamSpec("P")
T = TypeVar("T")
TINY = Size(models=2, hardware=2, repeats=3)
ROUNDS = 5
RANGES = 10  # that the results are read in, as ours are
ALIKE = 2e-7  # how far apart figures may be: ours keeps sums of squares in single precision
GB = 1e9


@dataclass(frozen=True, slots=True)
class Scored:
    """One scoring: its seconds, and the most bytes that were resident meanwhile, what was loaded included."""

    seconds: float
    peak_bytes: int


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure in each round, and the most or the least that it may be; neither: it has no goal."""

    name: str
    unit: str
    rounds: list[float]
    most: float | None = None
    least: float | None = None

    @property
    def goal(self) -> str:
        """The goal, and whether the median missed it."""
        if self.most is not None:
            return f"≤ {self.most:g}{self._missed(self.median > self.most)}"
        if self.least is not None:
            return f"≥ {self.least:g}{self._missed(self.median < self.least)}"
        return ""

    @property
    def median(self) -> float:
        """Of the rounds."""
        return statistics.median(self.rounds)

    def line(self) -> str:
        """The median with the smallest and the largest round."""
        low, high = min(self.rounds), max(self.rounds)
        return f"{self.name:<54} {self.goal:>13} {self.median:>9.3f} {low:>9.3f} … {high:<9.3f} {self.unit}"

    @staticmethod
    def _missed(is_missed: bool) -> str:
        return " missed" if is_missed else ""


def main(arguments: list[str] | None = None) -> None:
    """Prints whether the two agree, and a table of all claims."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--models", type=int, default=MODELS)
    parser.add_argument("--hardware", type=int, default=HARDWARE)
    parser.add_argument("--repeats", type=int, default=REPEATS, help="processes of each configuration")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--keep", type=Path, metavar="DIR", help="where the store is, or is left")
    given = parser.parse_args(arguments)
    size = Size(given.models, given.hardware, given.repeats)
    print(machine())
    print(
        f"{size.results:,} results: {size.models:,} models, {size.hardware} hardware, {CONFIGURATIONS}"
        f" configurations, {size.repeats} processes each; load {os.getloadavg()[0]:.2f} at the start\n"
    )
    with folder(given.keep) as where:
        path, tiny = stores(where, size)
        print(agreement(path, tiny), flush=True)
        print(f"\n{'':<54} {'goal':>13} {'median':>9} {'least':>9}   {'most':<9}")
        for claim in (*scoring(path, tiny, given.rounds), *asking(path, tiny, size, given.rounds)):
            print(claim.line(), flush=True)


def machine() -> str:
    """One line on what was measured, and by which versions."""
    names = [line.partition(": ")[2] for line in _cpu_info() if line.startswith("model name")]
    memory_gib = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = ", ".join(f"{name} {version(name)}" for name in ("duckdb", "numba", "numpy", "pyarrow"))
    processor = names[0] if names else platform.machine()
    return (
        f"{processor}, {os.cpu_count()} cores, {memory_gib:.0f} GiB; "
        f"Python {platform.python_version()}, {versions}"
    )


def _cpu_info() -> list[str]:
    listed = Path("/proc/cpuinfo")
    return listed.read_text().splitlines() if listed.exists() else []


@contextmanager
def folder(kept: Path | None) -> Iterator[Path]:
    """A folder for the stores: the kept one, else one that is gone afterwards."""
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept
        return
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def stores(where: Path, size: Size) -> tuple[Path, Path]:
    """The store of that size in a folder and a tiny one, made where they are missing."""
    paths = [where / _file(each) for each in (size, TINY)]
    for path, each in zip(paths, (size, TINY), strict=True):
        if not path.exists():
            part = path.with_name(f"part-{path.name}")  # what was interrupted is not taken for whole
            fresh(_make, part, each)
            part.with_suffix(".journal").rename(path.with_suffix(".journal"))
            part.rename(path)
    return paths[0], paths[1]


def _file(size: Size) -> str:
    return f"store-{size.models}-{size.hardware}-{size.repeats}.duckdb"


def _make(path: Path, size: Size) -> None:
    make(path, size)


def agreement(path: Path, tiny: Path) -> str:
    """One line on how far the rows of the two are apart, once both have scored the store.

    Ends the program where they say different things: a rival that answers something else is none.
    """
    for score in (ours, in_sql):
        fresh(timed, score, path, tiny)
    estimates, scores = fresh(differences, path)
    apart = f"estimates by up to {estimates.largest:.1e}, scores by up to {scores.largest:.1e}"
    if estimates.rows or scores.rows or max(estimates.largest, scores.largest) > ALIKE:
        sys.exit(f"the two disagree: {estimates.rows + scores.rows:,} rows differ; {apart}")
    return f"both made the same rows; figures differ by rounding, {apart}"


def scoring(path: Path, tiny: Path, rounds: int) -> Iterator[Claim]:
    """Both in turns; who begins changes from round to round."""
    sides = (ours, in_sql, reading_alone)
    found: dict[Callable[[Path], object], list[Scored]] = {side: [] for side in sides}
    for turn in range(rounds):
        for score in sides if turn % 2 == 0 else reversed(sides):
            found[score].append(fresh(timed, score, path, tiny))
    seconds = {score: [each.seconds for each in scored] for score, scored in found.items()}
    ratios = [theirs / own for own, theirs in zip(seconds[ours], seconds[in_sql], strict=True)]
    peaks = {score: [each.peak_bytes / GB for each in scored] for score, scored in found.items()}
    yield Claim("calculate-scores, after start-up", "s", seconds[ours], most=3.0)
    yield Claim("the same in SQL", "s", seconds[in_sql])
    yield Claim("SQL / calculate-scores", "x", ratios, least=5.0)
    yield Claim("reading the pooled columns alone", "s", seconds[reading_alone])
    yield Claim("most resident memory of calculate-scores", "GB", peaks[ours], most=2.0)
    yield Claim("and of SQL", "GB", peaks[in_sql])


def asking(path: Path, tiny: Path, size: Size, rounds: int) -> Iterator[Claim]:
    """A model in each round, from the first to the last of the store."""
    fresh(ours, path)  # whatever came last
    models = [f"model_{turn * (size.models - 1) // max(1, rounds - 1):04d}" for turn in range(rounds)]
    answers = [fresh(answer_s, path, model, tiny) for model in models]
    yield Claim("recommend, after imports", "s", answers, most=0.150)
    commands = [command_s(path, model) for model in models]
    yield Claim("fitment recommend MODEL, the whole command", "s", commands, most=0.6)


def fresh(work: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
    """What ``work`` gives back from a process of its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, *arguments, **named).result()


def ours(path: Path) -> object:
    """What ``fitment calculate-scores`` does."""
    return calculate_scores(Store.open(path))


def in_sql(path: Path) -> object:
    """The rival."""
    return scores_in_sql(path)


def reading_alone(path: Path) -> object:
    """The bytes of the columns that are pooled, read as ``ours`` reads them and let go."""
    columns = ", ".join(("candidate_id", "kind_id", *FIGURES.values()))
    with Store.open(path).reading() as con, ThreadPoolExecutor(THREADS) as pool:
        last = con.execute("SELECT max(candidate_id) FROM performance_results").fetchall()[0][0]
        ends = [round(last * i / RANGES) for i in range(RANGES + 1)]
        ranges = list(pairwise(ends))

        def read(cursor: duckdb.DuckDBPyConnection, own: Sequence[tuple[int, int]]) -> int:
            query = f"SELECT {columns} FROM performance_results WHERE candidate_id > ? AND candidate_id <= ?"
            found = (cursor.sql(query, params=each).to_arrow_reader(BATCH) for each in own)
            return sum(batch.nbytes for reader in found for batch in reader)

        shares = [pool.submit(read, con.cursor(), ranges[i::THREADS]) for i in range(THREADS)]
        return sum(share.result() for share in shares)


def timed(score: Callable[[Path], object], path: Path, tiny: Path) -> Scored:
    """One scoring of the store at ``path``, after one of the tiny store; in a process of its own."""
    score(tiny)
    was_reset = memory.reset()
    started = time.perf_counter()
    score(path)
    return Scored(time.perf_counter() - started, memory.peak_rss(was_reset=was_reset).bytes)


def answer_s(path: Path, model: str, tiny: Path) -> float:
    """Seconds from a path to an answer, after one from the tiny store, which imports all."""
    from fitment.registry.answers import Question
    from fitment.registry.fit.recommend import recommend

    recommend(Store.to_ask(tiny), Question("model_0000"))
    started = time.perf_counter()
    recommend(Store.to_ask(path), Question(model))
    return time.perf_counter() - started


def command_s(path: Path, model: str) -> float:
    """Seconds of the whole command. Raises CalledProcessError where it fails."""
    program = "from fitment.harness.cli.main import main; raise SystemExit(main())"
    command = [sys.executable, "-c", program, "recommend", model, "--db-path", str(path)]
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
