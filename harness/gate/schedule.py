"""Which process runs next: pairs of both sides in ABBA order, more while undecided, then a confirmation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, Protocol

from .observation import Pass

SideName = Literal["base", "head"]
Progress = Callable[[str], None]  # takes one line


class Runner(Protocol):
    """Runs benchmarks of one side in one fresh process."""

    def __call__(
        self, side: SideName, benchmarks: Sequence[str] | None, *, seed: int, counting: bool
    ) -> Pass:
        """What the process said of them; None = of all that it collects.

        A counting pass takes the order of collection and times nothing. A timed one takes a random order
        that follows from ``seed`` and the names alone, so that both sides of a pair have the same.
        Raises PassFailedError where the process ended without having run any, or not in time.
        """
