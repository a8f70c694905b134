"""K10: what compiling the kernels costs, and the first call from the cache."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from benchmarks.compile_times import claims, cold_compiles


def test_start_up(benchmark: Any, tmp_path: Path) -> None:
    """What is timed as a whole is the cold compile; the claims are its parts and the calls after it."""
    benchmark.group = "start-up of the kernels"
    compiled = benchmark.pedantic(cold_compiles, args=(str(tmp_path),))
    benchmark.extra_info |= {"goal": "K10", "claims": claims(compiled, str(tmp_path))}
