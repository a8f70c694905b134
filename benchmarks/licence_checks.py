"""How fast licences are judged: ``python -m benchmarks.licence_checks``.

A million pairs looked up in OSADL's matrix as one array, the first check of a process with all that it reads,
and checks over representatives of every kind in every relation: each asked once, then all of them again.
Wall and processor seconds in one process.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from itertools import product

import numpy as np
from fitment.registry.licences.check import check
from fitment.registry.licences.osadl import Says, matrix
from fitment.registry.licences.verdicts import Relation

from benchmarks.store_scores import machine
from tests.registry.licences.examples import ALL

PAIRS = 1_000_000


def main() -> None:
    """Prints a line for each."""
    print(f"{machine()}; load {os.getloadavg()[0]:.2f} at the start\n")
    timed("the first check of a process, files read", 1, lambda: check("MIT", "gemma", Relation.SERVE_API))
    known, rng = matrix(), np.random.default_rng(0)
    out, into = rng.integers(0, len(known.index), (2, PAIRS))
    timed("look-ups in the matrix", PAIRS, lambda: (known.table[out, into] == Says.NO).sum())
    asked = list(product(ALL, ALL, Relation))
    timed("checks, each for the first time", len(asked), lambda: [check(*each) for each in asked])
    again = asked[-50_000:]
    timed("checks that were asked before", len(again), lambda: [check(*each) for each in again])


def timed(what: str, count: int, run: Callable[[], object]) -> None:
    """Prints how long ``run`` took, and how many it did a second."""
    wall, processor = time.perf_counter(), time.process_time()
    run()
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    took = f"{wall * 1e3:9,.1f} ms ({processor * 1e3:9,.1f} CPU)"
    print(f"{what:<42} {count:>9,} in {took}, {count / wall:>13,.0f}/s")


if __name__ == "__main__":
    main()
