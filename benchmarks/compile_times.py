"""What compiling the kernels takes, and a call from the cache: ``python -m benchmarks.compile_times``.

Each cold compile is in CPU seconds of a fresh process with an empty cache, after Numba itself has compiled
something; what a kernel inlines counts with the first kernel that needs it.

First calls are whole processes, in CPU seconds too, as waiting for others is not start-up; without the
packages that only developers have, since Numba imports SciPy and coverage where it finds them. Beside ours
stands a call of one line of Numba's own.
"""

from __future__ import annotations

import json
import os
import pickle
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import numpy as np

from benchmarks import least_kernel
from tests.kernels.discovery import entry_of, function_of, modules, public_names

ROUNDS = 5
DEVELOPERS_ONLY = ("scipy", "coverage")
WARM = (
    "import pickle, sys; sys.modules |= dict.fromkeys(sys.argv[1:]); "
    "kernel, arguments = pickle.load(sys.stdin.buffer); kernel(*arguments)"
)


def cold_compiles(cache: str) -> dict[str, float]:
    """CPU seconds by kernel, compiled into the empty folder ``cache``."""
    command = [sys.executable, "-m", "benchmarks.cold_compiles"]
    done = subprocess.run(
        command, env=os.environ | {"NUMBA_CACHE_DIR": cache}, check=True, stdout=subprocess.PIPE, text=True
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def first_call_s(
    cache: str,
    kernel: Callable[..., Any],
    arguments: tuple[Any, ...],
    hidden: tuple[str, ...] = DEVELOPERS_ONLY,
) -> float:
    """CPU seconds of a whole Python process that imports ``kernel`` from the filled cache and calls it.

    It finds no package of ``hidden``.
    """
    before = children_s()
    subprocess.run(
        [sys.executable, "-c", WARM, *hidden],
        input=pickle.dumps((kernel, arguments)),
        env=os.environ | {"NUMBA_CACHE_DIR": cache},
        check=True,
    )
    return children_s() - before


def children_s() -> float:
    """CPU seconds of all child processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def claims(compiled: dict[str, float], cache: str, rounds: int = ROUNDS) -> list[dict[str, Any]]:
    """K10: the compiling, and the first call into each file that compiles, from the cache that it filled."""
    seconds = [s for name, s in compiled.items() if name.startswith("fitment.")]
    found = [
        ("cold compile of a kernel, median", "CPU-s", 2.0, [statistics.median(seconds)]),
        ("cold compile of a kernel, slowest", "CPU-s", None, [max(seconds)]),
        (f"cold compile of all {len(seconds)} kernels", "CPU-s", None, [sum(seconds)]),
    ]
    for title, function, arguments in first_calls({name.rsplit(".", 1)[0] for name in compiled}):
        seconds = [first_call_s(cache, function, arguments) for _ in range(rounds)]
        found.append((f"{title} from the cache, whole process", "CPU-s", 0.7, seconds))
    alone = "one line of Numba's own from the cache, whole process"
    for title, hidden in ((alone, DEVELOPERS_ONLY), (f"{alone}, with SciPy and coverage", ())):
        first_call_s(cache, least_kernel.same, (1,), hidden)  # fills the cache
        seconds = [first_call_s(cache, least_kernel.same, (1,), hidden) for _ in range(rounds)]
        found.append((title, "CPU-s", None, seconds))
    return [
        {"goal": "K10", "title": title, "unit": unit, "limit": limit, "rounds": figures}
        for title, unit, limit, figures in found
    ]


def first_calls(files: set[str]) -> Iterator[tuple[str, Callable[..., Any], tuple[Any, ...]]]:
    """Of each of those files a public function with few rows; where the table wraps all, its import alone."""
    for module in modules():
        if f"fitment.kernels.{module}" in files:
            entries = {name: entry_of(module, name) for name in public_names(module)}
            bare = [n for n, entry in entries.items() if entry and entry.kernel is function_of(module, n)]
            if bare and (entry := entries[bare[0]]):
                arguments = entry.arguments(np.random.default_rng(1), entry.sizes[-1])
                yield f"first call of {module}.{bare[0]}", entry.kernel, arguments
            else:
                yield f"import of {module}", import_module, (f"fitment.kernels.{module}",)


def main() -> None:
    """Prints every kernel, slowest first, and the claims."""
    with tempfile.TemporaryDirectory() as cache:
        compiled = cold_compiles(cache)
        for name, seconds in sorted(compiled.items(), key=lambda item: -item[1]):
            print(f"{name:<78} {seconds:6.2f} CPU-s")
        for claim in claims(compiled, cache):
            low, middle, high = min(claim["rounds"]), statistics.median(claim["rounds"]), max(claim["rounds"])
            print(f"{claim['title']:<78} {middle:6.2f} {claim['unit']} ({low:.2f} … {high:.2f})")


if __name__ == "__main__":
    main()
