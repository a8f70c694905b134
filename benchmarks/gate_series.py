"""Records what fresh processes of one code say, one after the other, for the gate's A/A trials:

    python -m benchmarks.gate_series tests/harness/gate/data/processes_busy.csv
    OPENBLAS_NUM_THREADS=1 chrt -f 1 python -m benchmarks.gate_series tests/harness/gate/data/processes.csv

Nothing is changed between any two of them. Each process runs five small benchmarks in random order, 20 rounds
each after a warm-up; a row is one benchmark in one process, its rounds in seconds.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import hashlib
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from fitment.harness.gate.fingerprint import facts

PROCESSES = 96
ROUNDS = 20
WARM_UP_S = 0.02
_ROWS = np.random.default_rng(0).random(50_000)
_SQUARE = np.random.default_rng(1).random((300, 300))
_DOCUMENT = [{"name": f"benchmark {n}", "times": [n / 7, n / 3], "tags": ["a", "b"]} for n in range(300)]
_BLOCK = bytes(range(256)) * 2048


def loop() -> int:
    """Python's own interpreter."""
    return sum(n * n for n in range(20_000))


def sort() -> np.ndarray:
    """One core and its caches."""
    return np.sort(_ROWS)


def product() -> np.ndarray:
    """A product of matrices, on all cores that the library takes."""
    return _SQUARE @ _SQUARE


def document() -> object:
    """Many small objects."""
    return json.loads(json.dumps(_DOCUMENT))


def digest() -> str:
    """Instructions and nothing else."""
    return hashlib.sha256(_BLOCK).hexdigest()


BENCHMARKS: tuple[Callable[[], object], ...] = (loop, sort, product, document, digest)


def rounds(benchmark: Callable[[], object]) -> list[float]:
    """Seconds of each round, after the warm-up."""
    until = time.perf_counter() + WARM_UP_S
    while time.perf_counter() < until:
        benchmark()
    seconds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        benchmark()
        seconds.append(time.perf_counter() - start)
    return seconds


def one_process(seed: int) -> None:
    """What a fresh process prints: all benchmarks, as JSON."""
    order = random.Random(seed).sample(BENCHMARKS, len(BENCHMARKS))
    print(json.dumps({each.__name__: rounds(each) for each in order}))


def _priority() -> str:
    real_time = os.sched_getscheduler(0) == os.SCHED_FIFO
    return "before all other processes" if real_time else "in turn with other processes"


def main() -> None:
    """Records, or is one of the processes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--processes", type=int, default=PROCESSES)
    parser.add_argument("--one", type=int, metavar="SEED", help="print what this process says, nothing else")
    wanted = parser.parse_args()
    if wanted.one is not None:
        one_process(wanted.one)
        return
    record(wanted.file, wanted.processes)


def record(to: Path, processes: int) -> None:
    """Writes the file, with the machine above the rows."""
    load, said = os.getloadavg()[0], []
    for seed in range(processes):
        command = [sys.executable, "-m", "benchmarks.gate_series", "--one", str(seed)]
        said.append(json.loads(subprocess.run(command, capture_output=True, check=True).stdout))
    with to.open("w", encoding="utf-8", newline="") as file:
        today = datetime.datetime.now(datetime.UTC).date()
        file.write(f"# Fresh processes of one code on {today}: python -m benchmarks.gate_series\n")
        file.writelines(f"# {name}: {value}\n" for name, value in facts().items())
        file.write(f"# load before the first process: {load:.1f}; {_priority()}\n")
        rows = csv.writer(file, lineterminator="\n")
        for process in said:
            rows.writerows([name, *(f"{each:.3e}" for each in seconds)] for name, seconds in process.items())


if __name__ == "__main__":
    main()
