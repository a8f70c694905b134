"""How fast a store of published results is scored: ``python -m benchmarks.ragged_scores``.

Published files hold one batch for each model and device, and hardly ever the same one on all: few groups are
whole grids. What ``fitment calculate-scores`` and ``fitment update-task`` do with them is timed beside their
slow twin in the tests, which asks every question by itself as ``recommend`` does, and stores nothing. The
rows of both are the same to the bit, else the program ends. Processor seconds in one process, after a first
scoring that is not timed.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
from fitment.configs import path
from fitment.registry.fit.suitability import calculate_scores, update_task
from fitment.registry.imports.run import import_file
from fitment.registry.storage.store import Store

from benchmarks.store_scores import Claim, folder, machine
from tests.registry.fit import one_by_one
from tests.registry.fit.one_by_one import Row

ROUNDS = 3


def main(arguments: list[str] | None = None) -> None:
    """Prints whether the two agree, and a table of all claims."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--files", type=int, metavar="N", help="the first N published files; all unless said")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    given = parser.parse_args(arguments)
    print(f"{machine()}; load {os.getloadavg()[0]:.2f} at the start\n")
    with folder(None) as where:
        store = published(where / "published.duckdb", given.files)
        update_task(store, "inference")
        with store.reading() as connection:
            pairs, alone = timed(lambda: one_by_one.pairs(connection))
            required, of_tasks = timed(lambda: one_by_one.requirements(connection))
            agree(connection, "hardware_model_compatibility", pairs)
            agree(connection, "task_recommendations", required)
        print(f"both made the same {len(pairs):,} scores and {len(required):,} recommendations, to the bit\n")
        print(f"{'':<54} {'goal':>13} {'median':>9} {'least':>9}   {'most':<9}")
        for claim in claims(store, given.rounds, alone, of_tasks):
            print(claim.line(), flush=True)


def published(file: Path, files: int | None) -> Store:
    """A store of the first ``files`` published files, of all where that is None."""
    store = Store.open(file, create=True)
    for each in sorted(path("published/timm").glob("*.csv"))[:files]:
        import_file(store, "timm", each)
    return store


def timed(work: Callable[[], list[Row]]) -> tuple[list[Row], float]:
    """What ``work`` gives back, and its processor seconds."""
    started = time.process_time()
    found = work()
    return found, time.process_time() - started


def agree(connection: duckdb.DuckDBPyConnection, table: str, rows: list[Row]) -> None:
    """Ends the program where the table's rows are not those of the twin."""
    cursor = connection.execute(
        f"SELECT m.name AS model, h.name AS hardware, t.* FROM {table} t"
        " JOIN models m ON m.id = t.model_id JOIN hardware_platforms h ON h.id = t.hardware_id ORDER BY t.id"
    )
    names = [column[0] for column in cursor.description or ()]
    stored = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    differing = abs(len(stored) - len(rows)) + sum(
        any(repr(ours[name]) != repr(theirs[name]) for name in theirs)
        for ours, theirs in zip(stored, rows, strict=False)
    )
    if differing:
        sys.exit(f"the two disagree on {differing:,} rows of {table}")


def claims(store: Store, rounds: int, alone: float, of_tasks: float) -> Iterator[Claim]:
    """The two verbs, each with how many times as long its twin took."""
    scores = [cpu_s(lambda: calculate_scores(store)) for _ in range(rounds)]
    tasks = [cpu_s(lambda: update_task(store, "inference")) for _ in range(rounds)]
    yield Claim("calculate-scores, after start-up", "CPU s", scores, most=2.0)
    yield Claim("scores one by one, nothing stored", "CPU s", [alone])
    yield Claim("one by one / calculate-scores", "x", [alone / each for each in scores])
    yield Claim("update-task, after start-up", "CPU s", tasks, most=4.0)
    yield Claim("recommendations one by one, nothing stored", "CPU s", [of_tasks])
    yield Claim("one by one, both / update-task", "x", [(alone + of_tasks) / each for each in tasks])


def cpu_s(work: Callable[[], object]) -> float:
    """Processor seconds, of all threads."""
    started = time.process_time()
    work()
    return time.process_time() - started


if __name__ == "__main__":
    main()
