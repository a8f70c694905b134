"""What one call costs: bytes, counted the same in every process."""

from __future__ import annotations

import gc
import subprocess
import sys
import tracemalloc

import pytest
from fitment.harness.gate import counting
from fitment.harness.gate.counting import LEAST_PEAK_BYTES, PEAK, counted_call

COUNT = """
import numpy as np
from fitment.harness.gate.counting import PEAK, counted_call
def work():
    words = {f"word {n}": [n] * (n % 7) for n in range(5000)}
    ring = [words]; ring.append(ring)
    return sorted(words, key=hash)[0], np.arange(50_000.0).sum()
work()
print(counted_call(work, repeatable=False)[1][PEAK])
"""


def test_bytes_are_the_same_in_every_process() -> None:
    """Two processes with equal hashes count the same, garbage in rings and NumPy's arrays included."""
    command = [sys.executable, "-c", COUNT]
    counts = {subprocess.check_output(command, env={"PYTHONHASHSEED": "0"}) for _ in range(2)}
    assert len(counts) == 1
    assert float(counts.pop()) > 50_000 * 8


def test_twice_the_memory_is_twice_the_count() -> None:
    """Bytes, above what was held before; what is small counts as the least that is told apart."""
    held = bytearray(10**7)
    one, two = (counted_call(lambda n=n: bytearray(n), repeatable=False)[1][PEAK] for n in (10**6, 2 * 10**6))
    assert one == pytest.approx(10**6, rel=0.001)
    assert two == pytest.approx(2 * 10**6, rel=0.001)
    assert counted_call(lambda: [0], repeatable=False) == ([0], {PEAK: LEAST_PEAK_BYTES})
    assert len(held) == 10**7


def test_all_is_left_as_it_was() -> None:
    """The collector goes on, tracing ends, and also after a call that raises; a user's own tracing stays."""

    def fails() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        counted_call(fails, repeatable=False)
    assert gc.isenabled()
    assert not tracemalloc.is_tracing()
    tracemalloc.start()
    counted_call(list, repeatable=False)
    assert tracemalloc.is_tracing()
    tracemalloc.stop()


def test_only_what_is_repeatable_is_called_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The counters of instructions and launches call it again, as often as they need."""
    monkeypatch.setattr(counting.instructions, "per_call", lambda call: {"instructions": float(bool(call()))})
    calls: list[int] = []

    def call() -> int:
        calls.append(1)
        return 7

    assert counted_call(call, repeatable=False)[0] == 7
    assert len(calls) == 1
    result, counters = counted_call(call, repeatable=True)
    assert (result, counters["instructions"], len(calls)) == (7, 1.0, 3)
