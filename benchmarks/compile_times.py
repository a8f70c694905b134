"""What compiling the kernels takes, and a call from the cache: ``python -m benchmarks.compile_times``.

Each cold compile is in CPU seconds of a fresh process with an empty cache, after Numba itself has compiled
something; what a kernel inlines counts with the first kernel that needs it.
"""

from __future__ import annotations

import json
import os
import pickle
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

ROUNDS = 5
WARM = "import pickle, sys; kernel, arguments = pickle.load(sys.stdin.buffer); kernel(*arguments)"


def cold_compiles(cache: str) -> dict[str, float]:
    """CPU seconds by kernel, compiled into the empty folder ``cache``."""
    command = [sys.executable, "-m", "benchmarks.compile_times", "--cold"]
    done = subprocess.run(
        command, env=os.environ | {"NUMBA_CACHE_DIR": cache}, check=True, stdout=subprocess.PIPE, text=True
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def first_call_s(cache: str, kernel: Callable[..., Any], arguments: tuple[Any, ...]) -> float:
    """Wall seconds of a whole Python process that imports ``kernel`` from the filled cache and calls it."""
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", WARM],
        input=pickle.dumps((kernel, arguments)),
        env=os.environ | {"NUMBA_CACHE_DIR": cache},
        check=True,
    )
    return time.perf_counter() - started


def claims(rounds: int = ROUNDS) -> list[dict[str, Any]]:
    """K10: compiling, and the first call of each compiled public function."""
    with tempfile.TemporaryDirectory() as cache:
        compiled = cold_compiles(cache)
        seconds = [s for name, s in compiled.items() if name.startswith("fitment.")]
        rows = [
            ("cold compile of a kernel, median", "CPU-s", 2.0, [statistics.median(seconds)]),
            ("cold compile of a kernel, slowest", "CPU-s", None, [max(seconds)]),
            (f"cold compile of all {len(seconds)} kernels", "CPU-s", None, [sum(seconds)]),
        ]
        for name, kernel, arguments in compiled_functions(set(compiled)):
            walls = [first_call_s(cache, kernel, arguments) for _ in range(rounds)]
            rows.append((f"first call of {name} from the cache, whole process", "s", 0.7, walls))
    return [
        {"goal": "K10", "title": title, "unit": unit, "limit": limit, "rounds": found}
        for title, unit, limit, found in rows
    ]


def compiled_functions(kernels: set[str]) -> list[tuple[str, Callable[..., Any], tuple[Any, ...]]]:
    """One public function of each file that compiles, with small arguments."""
    import numpy as np

    from tests.kernels.discovery import entry_of, function_of
    from tests.kernels.discovery import kernels as public

    files = {name.rsplit(".", 1)[0] for name in kernels}
    found = {}
    for module, name in public():
        entry, function = entry_of(module, name), function_of(module, name)
        if f"fitment.kernels.{module}" in files and entry and entry.kernel is function:
            arguments = entry.arguments(np.random.default_rng(1), entry.sizes[-1])
            found.setdefault(module, (f"{module}.{name}", function, arguments))
    return [*found.values()]


def report_cold() -> None:
    """Compiles everything in this process and prints the CPU seconds of each kernel as JSON."""
    import numba
    from numba.core.dispatcher import Dispatcher

    numba.njit("int64(int64[::1])", error_model="numpy")(_warm_up)
    seconds: dict[str, float] = {}
    inside: list[Any] = []  # the kernel that compiles now, and what it inlines
    compile_one = Dispatcher.compile

    def timed(dispatcher: Any, signature: Any) -> Any:
        started = time.process_time()
        inside.append(dispatcher)
        try:
            return compile_one(dispatcher, signature)
        finally:
            inside.pop()
            if not inside:
                name = f"{dispatcher.py_func.__module__}.{dispatcher.py_func.__name__}"
                seconds[name] = seconds.get(name, 0.0) + time.process_time() - started

    Dispatcher.compile = timed
    for module in _modules():
        import_module(f"fitment.kernels.{module}")
    print(json.dumps(seconds))


def _modules() -> list[str]:
    import pkgutil

    import fitment.kernels

    return [module.name for module in pkgutil.iter_modules(fitment.kernels.__path__)]


def _warm_up(x: Any) -> Any:
    total = 0
    for i in range(x.size):
        total += x[i]
    return total


def main() -> None:
    """Prints every kernel, slowest first, and the claims."""
    if sys.argv[1:] == ["--cold"]:
        report_cold()
        return
    with tempfile.TemporaryDirectory() as cache:
        for name, seconds in sorted(cold_compiles(cache).items(), key=lambda item: -item[1]):
            print(f"{name:<60} {seconds:6.2f} CPU-s")
    for claim in claims():
        rounds = claim["rounds"]
        print(
            f"{claim['title']:<78} {statistics.median(rounds):6.2f}  {min(rounds):5.2f} … {max(rounds):5.2f} "
            f"{claim['unit']}"
        )


if __name__ == "__main__":
    main()
