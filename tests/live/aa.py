"""A/A, live: two measurements of one cell must not differ. Run by `make test-aa` alone, as its name is not
one that pytest collects: it takes ten minutes of an idle machine.

Four sweeps measure five tiny cells in six fresh processes each. Of a cell's processes, in the order in
which the sweep ran them, every other one belongs to the first measurement and the rest to the second.
One thread each: on a busy machine, threads that wait for each other differ by factors, and an interval as
wide as that would hold 0 whatever was measured.
"""

from __future__ import annotations

import math
import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest
from fitment.kernels.intervals import Interval, log_ratio_interval
from fitment.registry.storage.store import Store

SWEEPS = 4
PROCESSES = 6  # of both measurements together
ENOUGH = 18  # of 20
FIGURES = ("latency_p50_s", "throughput")
SWEEP = f"""
name = "aa"
profile = "quick"
invocations = {PROCESSES}
[[grid]]
models = ["mlp-784-512-512-10"]
batches = [1, 8, 64]
threads = [1]
[[grid]]
models = ["resnet18"]
input_shapes = ["3x32x32"]
threads = [1]
[[grid]]
models = ["all-MiniLM-L6-v2"]
input_shapes = ["16"]
threads = [1]
"""
Series = dict[str, list[float]]  # by figure, in the order of the processes


def measured(folder: Path) -> dict[str, Series]:
    """The series of each cell that a sweep in ``folder`` measured."""
    (folder / "aa.toml").write_text(SWEEP)
    command = [sys.executable, "-m", "fitment.harness.cli.main", "sweep", "aa.toml", "--db-path", "aa.duckdb"]
    locks = {"XDG_RUNTIME_DIR": str(folder)}
    subprocess.run(command, cwd=folder, env=os.environ | locks, stdout=subprocess.DEVNULL, check=True)
    cells: dict[str, Series] = defaultdict(lambda: defaultdict(list))
    with Store.open(folder / "aa.duckdb").reading() as con:
        query = f"SELECT model || ' b' || batch, {', '.join(FIGURES)} FROM performance_results ORDER BY id"
        for cell, *values in con.execute(query).fetchall():
            for figure, value in zip(FIGURES, values, strict=True):
                cells[cell][figure].append(value)
    return cells


def described(name: str, interval: Interval) -> str:
    """One line on a pair, for who reads the output."""
    verdict = "holds 1" if interval.holds(0.0) else "DIFFERS"
    low, centre, high = (f"{math.exp(x):.3g}" for x in (interval.low, interval.centre, interval.high))
    return f"{name:40} ratio {centre} in [{low}, {high}]  {verdict}"


def test_two_live_measurements_do_not_differ(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of 20 pairs at least 18 intervals of the log ratio hold 0, of the latency and of the throughput."""
    held = dict.fromkeys(FIGURES, 0)
    pairs = 0
    for number in range(SWEEPS):
        folder = tmp_path / str(number)
        folder.mkdir()
        for cell, series in measured(folder).items():
            pairs += 1
            for figure, values in series.items():
                assert len(values) == PROCESSES, cell
                interval = log_ratio_interval(values[0::2], values[1::2])
                held[figure] += interval.holds(0.0)
                with capsys.disabled():
                    print(f"\n{described(f'{cell} {figure}', interval)}", end="", flush=True)
    with capsys.disabled():
        print("".join(f"\n{figure}: {count} of {pairs} intervals hold 0" for figure, count in held.items()))
    assert pairs == 20
    assert min(held.values()) >= ENOUGH, held
