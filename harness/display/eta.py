"""How long a sweep still takes, from what its runs took so far."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from statistics import median
from typing import Protocol

from ...registry.records import Cell
from ..sweeps.plan import Run

RUNGS = 12  # of a ladder, while it is not climbed: about what a batch of 64 takes, doubled and bisected


class Timed(Protocol):
    """Whatever took a time: a run of this sweep, or a result of an earlier one."""

    @property
    def cell(self) -> Cell:
        """What was measured."""

    @property
    def cell_key(self) -> str:
        """The cell's key."""

    @property
    def env_id(self) -> str:
        """On which device of which machine."""


Kind = tuple[str, ...]
# From near to far: a run is expected to take what its like took, a compiler's minutes apart from eager's
LIKENESS: tuple[Callable[[Timed], Kind], ...] = (
    lambda run: (run.cell_key, run.env_id),
    lambda run: (run.cell.model, run.cell.scenario, run.cell.configuration.compile_mode, run.env_id),
    lambda run: (run.cell.configuration.compile_mode, run.env_id),
    lambda run: (),
)


class Eta:
    """Durations so far, and from them the seconds that other runs will take."""

    def __init__(self) -> None:
        self._took: dict[Kind, list[float]] = defaultdict(list)
        self._medians: dict[Kind, float] = {}  # as far as they were asked for: thousands of runs share few

    def record(self, run: Run, seconds: float) -> None:
        """Takes note of what a run took; a ladder's rung only tells of rungs."""
        self._note("rung" if run.extra else "run", run, seconds)

    def learn(self, earlier: Timed, seconds: float) -> None:
        """Takes note of what a run of an earlier sweep took."""
        self._note("run", earlier, seconds)

    def remaining_s(self, runs: Iterable[Run]) -> float | None:
        """Seconds for ``runs``: each the median of the nearest kind that is known; None while nothing is."""
        expected = [self.expected_s(run) for run in runs]
        known = [seconds for seconds in expected if seconds is not None]
        return sum(known) if len(known) == len(expected) else None

    def expected_s(self, run: Run) -> float | None:
        """Seconds for one run: 0 where the probe has answered, None while nothing is known."""
        if run.unsupported:
            return 0.0
        itself = self._median("run", run)
        if itself is None or not run.unresolved or run.invocation:  # the first invocation climbs for all
            return itself
        rung = self._median("rung", run)
        return itself + RUNGS * (itself if rung is None else rung)

    def _note(self, what: str, run: Timed, seconds: float) -> None:
        for number, kind in enumerate(LIKENESS):
            self._took[what, str(number), *kind(run)].append(seconds)
            self._medians.pop((what, str(number), *kind(run)), None)

    def _median(self, what: str, run: Timed) -> float | None:
        for number, kind in enumerate(LIKENESS):
            key = what, str(number), *kind(run)
            if key not in self._medians and key in self._took:
                self._medians[key] = median(self._took[key])
            if key in self._medians:
                return self._medians[key]
        return None


def duration(seconds: float | None) -> str:
    """``–`` while unknown, then ``45 s``, ``3 min``, ``2.5 h``."""
    if seconds is None:
        return "–"
    if seconds < 100:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
