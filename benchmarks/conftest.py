"""What the benchmarks share: one thread for everybody, how many rows, which machine and versions it was."""

from __future__ import annotations

import os
from importlib.metadata import version
from typing import Any

# Before any of them is imported; each would take all cores otherwise, fitment's kernels take one.
LIMITS = ("POLARS_MAX_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
os.environ |= dict.fromkeys(LIMITS, "1")
VERSIONS = ("numba", "numpy", "duckdb", "polars", "pandas", "scipy")
DEFAULT_ROWS = (1_000_000, 10_000_000)


def pytest_addoption(parser: Any) -> None:
    """Adds ``--rows``."""
    default = ",".join(f"{rows:_}" for rows in DEFAULT_ROWS)
    parser.addoption("--rows", default=(), type=rows_in, help=f"rows, by comma (default: {default})")


def rows_in(text: str) -> tuple[int, ...]:
    """``1_000_000,50000000`` as numbers. Raises ValueError."""
    return tuple(int(part) for part in text.split(",") if part.strip())


def pytest_benchmark_update_machine_info(config: Any, machine_info: dict[str, Any]) -> None:
    """Puts the versions of all contenders, and the memory, beside the machine."""
    machine_info["versions"] = {name: version(name) for name in VERSIONS}
    machine_info["memory_bytes"] = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
