"""A clock that only work moves: steps that take what a test says, to the nanosecond."""

from __future__ import annotations

from collections.abc import Iterable

from fitment.harness.meters.stopwatch import Stopwatch


class FakeClock:
    """Nanoseconds since the start; reading it costs ``reading_ns``."""

    def __init__(self, reading_ns: int = 0) -> None:
        self.now_ns = 0
        self._reading_ns = reading_ns

    def __call__(self) -> int:
        self.now_ns += self._reading_ns
        return self.now_ns

    def spend(self, seconds: float) -> None:
        """Lets time pass."""
        self.now_ns += round(seconds * 1e9)


def watch_over(times: Iterable[float], *, reading_ns: int = 0, flush_s: float | None = None) -> Stopwatch:
    """A stopwatch over steps that take ``times``, one after another, each after a flush if that is given."""
    clock = FakeClock(reading_ns)
    left = iter(times)
    flush = None if flush_s is None else lambda: clock.spend(flush_s)
    return Stopwatch(lambda: clock.spend(next(left)), lambda: None, clock, flush)
