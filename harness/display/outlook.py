"""What is left of a sweep, and how long that takes: what every display shows beside the results."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence

from ..sweeps.plan import Run
from .eta import Eta
from .lines import name_width


class Outlook:
    """Counts by device, and the seconds that are left; hears of the sweep what a display hears."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.totals: dict[str, int] = {}
        self.done: Counter[str] = Counter()
        self.width = 0  # in which the names of runs line up
        self._clock = clock
        self._eta = Eta()
        self._left: dict[tuple[str, str, int], Run] = {}
        self._left_s: float | None = None  # of all that is left, the running run in full
        self._began: dict[str, float] = {}
        self.expected_s: float | None = None  # of the running run

    @property
    def total(self) -> int:
        """Runs of this sweep."""
        return sum(self.totals.values())

    @property
    def finished(self) -> int:
        """Runs that came to their end."""
        return self.done.total()

    def start(self, runs: Sequence[Run]) -> None:
        """Takes in what is about to be run."""
        self.totals = dict(Counter(run.device for run in runs))
        self.width = name_width(runs)
        self._left = {run.place: run for run in runs}
        self._left_s = self._eta.remaining_s(runs)

    def began(self, run: Run) -> None:
        """A child is about to start."""
        self._began[run.device] = self._clock()
        self.expected_s = self._eta.expected_s(run)

    def ended(self, run: Run, seconds: float | None) -> None:
        """A run came to its end, after ``seconds`` where a child was started for it."""
        self._began.pop(run.device, None)
        if seconds is not None:
            self._eta.record(run, seconds)
        if not run.extra:
            self._left.pop(run.place, None)
            self.done[run.device] += 1
        self.expected_s = None
        self._left_s = self._eta.remaining_s(self._left.values())

    def elapsed_s(self, device: str) -> float | None:
        """How long the device has been at its run; None while it has none."""
        return self._clock() - self._began[device] if device in self._began else None

    @property
    def left_s(self) -> float | None:
        """Seconds for all that is left, the running run counted in full."""
        return self._left_s

    def remaining_s(self) -> float | None:
        """Likewise, less what the running run already took: at most what it was expected to take."""
        return less_elapsed(self._left_s, self.expected_s, sum(map(self._since, self._began.values())))

    def _since(self, began: float) -> float:
        return self._clock() - began


def less_elapsed(left_s: float | None, expected_s: float | None, elapsed_s: float) -> float | None:
    """``left_s`` without what has passed of it: a run that takes longer than expected shortens no other."""
    if left_s is None:
        return None
    return max(0.0, left_s - min(elapsed_s, elapsed_s if expected_s is None else expected_s))
