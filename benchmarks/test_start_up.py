"""K10: what compiling the kernels costs, and the first call from the cache."""

from __future__ import annotations

from typing import Any

from benchmarks import compile_times


def test_start_up(benchmark: Any) -> None:
    """The time of the whole is nothing; its parts are the claims."""
    benchmark.group = "start-up of the kernels"
    benchmark.extra_info |= {"goal": "K10", "claims": benchmark.pedantic(compile_times.claims)}
