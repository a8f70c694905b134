"""What the gate's pytest plugin adds to the start of a pytest that does not ask for it: less than 10 ms.

Pairs of whole processes, with the plugin and with `-p no:fitment`, in CPU time, as waiting for others is not
start-up; the order within a pair alternates. `pytest benchmarks/test_gate_start_up.py --benchmark-only -s`
prints it.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks.compile_times import children_s

LIMIT_MS = 10.0
PAIRS = 20
BARE = ("-q", "-p", "no:cacheprovider", "-p", "no:hypothesispytest", "-p", "no:xdist")


def start_s(folder: Path, *words: str) -> float:
    """CPU seconds of a pytest that finds no test."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    before = children_s()
    subprocess.run(
        [sys.executable, "-m", "pytest", *BARE, *words], cwd=folder, env=environ, stdout=subprocess.DEVNULL
    )
    return children_s() - before


def added_ms(folder: Path) -> list[float]:
    """With the plugin less without it, of each pair."""
    start_s(folder)  # writes the bytecode
    found = []
    for pair in range(PAIRS):
        words = [(), ("-p", "no:fitment")]
        spent = {len(each): start_s(folder, *each) for each in (words if pair % 2 else reversed(words))}
        found.append((spent[0] - spent[2]) * 1e3)
    return found


def test_gate_start_up(benchmark: Any, tmp_path: Path) -> None:
    """The median of the pairs, and how far it is known."""
    benchmark.group = "start-up of pytest with the gate's plugin, not asked for"
    found = benchmark.pedantic(added_ms, args=(tmp_path,))
    middle = statistics.median(found)
    benchmark.extra_info |= {"added_ms": found, "median_ms": middle, "limit_ms": LIMIT_MS}
    low, high = sorted(found)[PAIRS // 4], sorted(found)[-PAIRS // 4]
    print(f"\nadded: {middle:.1f} ms of CPU (half of the pairs: {low:.1f} … {high:.1f}), limit {LIMIT_MS:g}")
