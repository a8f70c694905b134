"""Readings that are taken beside what runs: a thread that looks every so often, and what it costs."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Generic, TypeVar

Reading = TypeVar("Reading")


class Sampler(Generic[Reading]):
    """Reads while its ``with`` block lasts: at once, every ``interval_s``, and when the block ends.

    ``readings``: (when, what) in order; when is ``clock``'s time before the reading. ``cpu_s``: CPU seconds
    of the thread itself. Not for timed passes: it takes the interpreter's lock and the driver's.
    """

    def __init__(
        self,
        read: Callable[[], Reading],
        interval_s: float,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self.readings: list[tuple[float, Reading]] = []
        self.cpu_s = 0.0
        self._read = read
        self._interval_s = interval_s
        self._clock = clock
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True, name="sampler")

    def __enter__(self) -> Sampler[Reading]:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        started = time.thread_time()
        self._look()
        while not self._ended.wait(self._interval_s):
            self._look()
        self._look()
        self.cpu_s = time.thread_time() - started

    def _look(self) -> None:
        self.readings.append((self._clock(), self._read()))
