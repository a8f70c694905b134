"""Seconds per step on the host's clock: what a caller waits for."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

SHORT_STEP_S = 200e-6  # shorter steps are timed several at once
OVERHEAD_SHARE = 1e-4  # of such a block's time [torch.utils.benchmark]

Clock = Callable[[], int]  # nanoseconds


class Stopwatch:
    """Times steps of one subject, the device idle before and after."""

    def __init__(
        self,
        step: Callable[[], object],
        synchronise: Callable[[], None],
        clock: Clock = time.perf_counter_ns,
    ) -> None:
        self._step = step
        self._synchronise = synchronise
        self._clock = clock

    def seconds_per_step(self, steps: int) -> float:
        """The time of ``steps`` steps, enqueued one after another, over their number."""
        step, repeats = self._step, range(steps)
        self._synchronise()
        started = self._clock()
        for _ in repeats:
            step()
        self._synchronise()
        return (self._clock() - started) / steps / 1e9

    def overhead_s(self) -> float:
        """What reading the clock and synchronising an idle device cost: the median of 101 tries."""
        tries = []
        for _ in range(101):
            started = self._clock()
            self._synchronise()
            tries.append(self._clock() - started)
        return sorted(tries)[50] / 1e9

    def steps_per_sample(self, step_s: float) -> int:
        """How many steps to time together: 1 from 200 µs on, else enough to make the overhead negligible."""
        if step_s >= SHORT_STEP_S:
            return 1
        block_s = max(SHORT_STEP_S, self.overhead_s() / OVERHEAD_SHARE)
        return math.ceil(block_s / max(step_s, 1e-9))
