"""What happened to the machine's clocks: time that it slept through, and a wall clock that was set."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

# Seconds. Between clocks that are read one after another; a sleep takes longer, and so little is no step
# that anybody would set a clock by (ntpd steps from 128 ms on, and slews what is less).
LEAST_S = 0.05
_TRIES = 5

ReadClock = Callable[[int], int]  # of a clock's id: its nanoseconds


@dataclass(frozen=True, slots=True)
class Clocks:
    """Three clocks at one moment, in nanoseconds; ``boottime`` is None where the system has none."""

    monotonic: int  # stands still while the machine sleeps
    boottime: int | None  # goes on meanwhile
    realtime: int  # the wall clock: jumps when it is set

    def suspended_s(self, before: Clocks) -> float | None:
        """Seconds that the machine slept since ``before``; None where that can't be told."""
        if self.boottime is None or before.boottime is None:
            return None
        slept = (self.boottime - self.monotonic) - (before.boottime - before.monotonic)
        return _beyond_noise(slept)

    def wall_clock_step_s(self, before: Clocks) -> float:
        """Seconds by which the wall clock was set since ``before``, forward if > 0; a sleep sets nothing."""
        step = (self.realtime - self._awake_or_not) - (before.realtime - before._awake_or_not)
        return _beyond_noise(step)

    @property
    def _awake_or_not(self) -> int:
        return self.monotonic if self.boottime is None else self.boottime


def read(clock: ReadClock = time.clock_gettime_ns) -> Clocks:
    """The clocks now: of a few readings that in which least time passed from the first clock to the last."""
    return min((_reading(clock) for _ in range(_TRIES)), key=lambda reading: reading[0])[1]


def _reading(clock: ReadClock) -> tuple[int, Clocks]:
    """The nanoseconds that it took, and the clocks."""
    started = clock(time.CLOCK_MONOTONIC)
    boottime = clock(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else None
    realtime = clock(time.CLOCK_REALTIME)
    took = clock(time.CLOCK_MONOTONIC) - started
    return took, Clocks(started + took // 2, boottime, realtime)


def _beyond_noise(nanoseconds: int) -> float:
    seconds = nanoseconds / 1e9
    return seconds if abs(seconds) >= LEAST_S else 0.0
