"""The child of compile_times.py: imports every file of kernels/ and prints the CPU seconds of each kernel.

Nothing of kernels/ may be imported before, and Numba has compiled something already, so that its own start is
not counted.
"""

from __future__ import annotations

import json
import pkgutil
import time
from importlib import import_module
from typing import Any

import fitment.kernels
import numba
from numba.core.dispatcher import Dispatcher


def main() -> None:
    """Prints the seconds as JSON, by the dotted name of the function."""
    numba.njit("int64(int64[::1])", error_model="numpy")(_warm_up)
    seconds: dict[str, float] = {}
    Dispatcher.compile = _timed(Dispatcher.compile, seconds)
    for module in pkgutil.iter_modules(fitment.kernels.__path__):
        import_module(f"fitment.kernels.{module.name}")
    print(json.dumps(seconds))


def _timed(compile_one: Any, seconds: dict[str, float]) -> Any:
    """``compile_one`` that adds up what it took; what a kernel inlines is compiled inside its own time."""
    inside: list[Any] = []

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

    return timed


def _warm_up(x: Any) -> Any:
    total = 0
    for i in range(x.size):
        total += x[i]
    return total


if __name__ == "__main__":
    main()
