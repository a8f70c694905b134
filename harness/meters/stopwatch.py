"""Seconds per step on the host's clock: what a caller waits for."""

from __future__ import annotations

import gc
import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import repeat

SHORT_STEP_S = 200e-6  # shorter steps are timed several at once
OVERHEAD_SHARE = 1e-4  # of such a block's time [torch.utils.benchmark]

Clock = Callable[[], int]  # nanoseconds


class Stopwatch:
    """Times steps of one subject, the device idle before and after.

    ``flush``, if given, is called before each step, outside the timed region. ``flushing_s``: seconds so far
    that went into that; they count against a pass's budget.
    """

    def __init__(
        self,
        step: Callable[[], object],
        synchronise: Callable[[], None],
        clock: Clock = time.perf_counter_ns,
        flush: Callable[[], None] | None = None,
    ) -> None:
        self._step = step
        self._synchronise = synchronise
        self._clock = clock
        self.flush = flush
        self.flushing_s = 0.0

    def seconds_per_step(self, steps: int) -> float:
        """The time of ``steps`` steps, enqueued one after another, over their number; apart, with a flush."""
        if self.flush is None:
            return self._nanoseconds(steps) / steps / 1e9
        return sum(self._flushed_nanoseconds(self.flush) for _ in range(steps)) / steps / 1e9

    def overhead_s(self) -> float:
        """What reading the clock and synchronising an idle device cost: the median of 101 tries."""
        tries = []
        for _ in range(101):
            started = self._clock()
            self._synchronise()
            tries.append(self._clock() - started)
        return sorted(tries)[50] / 1e9

    def steps_per_sample(self, step_s: float) -> int:
        """How many steps to time together: 1 from 200 µs on, else enough to make the overhead negligible.

        With a flush always 1: the second step of a block would find what the first has left in the cache.
        """
        if step_s >= SHORT_STEP_S or self.flush is not None:
            return 1
        block_s = max(SHORT_STEP_S, self.overhead_s() / OVERHEAD_SHARE)
        return math.ceil(block_s / max(step_s, 1e-9))

    def _nanoseconds(self, steps: int) -> int:
        step, clock, synchronise = self._step, self._clock, self._synchronise
        repeats = repeat(None, steps)  # the cheapest loop that there is, as in timeit
        synchronise()
        started = clock()
        for _ in repeats:
            step()
        synchronise()
        return clock() - started

    def _flushed_nanoseconds(self, flush: Callable[[], None]) -> int:
        started = self._clock()
        flush()
        step = self._nanoseconds(1)
        self.flushing_s += (self._clock() - started - step) / 1e9
        return step


@contextmanager
def frozen_garbage() -> Iterator[None]:
    """A block in which Python's collector looks only at what the block itself has made.

    A full collection walks over every object of torch and the model, tens of milliseconds, at a moment that
    has nothing to do with the step that it hits. torch.utils.benchmark and timeit turn the collector off;
    here it goes on, because a step that leaves cycles behind could fill a device within a pass, but over
    the steps' own objects only.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
