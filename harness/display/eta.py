"""How long a sweep still takes, from what its runs took so far."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from statistics import median

from ..sweeps.plan import Run

Kind = tuple[str, ...]
# From near to far: a run is expected to take what its like took, a compiler's minutes apart from eager's
LIKENESS: tuple[Callable[[Run], Kind], ...] = (
    lambda run: (run.cell.model, run.cell.scenario, run.cell.configuration.compile_mode, run.device),
    lambda run: (run.cell.configuration.compile_mode, run.device),
    lambda run: (),
)


class Eta:
    """Durations so far, and from them the seconds that other runs will take."""

    def __init__(self) -> None:
        self._took: dict[Kind, list[float]] = defaultdict(list)

    def record(self, run: Run, seconds: float) -> None:
        """Takes note of what a run took."""
        for number, kind in enumerate(LIKENESS):
            self._took[str(number), *kind(run)].append(seconds)

    def remaining_s(self, runs: Iterable[Run]) -> float | None:
        """Seconds for ``runs``: each the median of the nearest kind that is known; None while nothing is."""
        expected = [self._expected(run) for run in runs if not run.unsupported]
        known = [seconds for seconds in expected if seconds is not None]
        return sum(known) if len(known) == len(expected) else None

    def _expected(self, run: Run) -> float | None:
        for number, kind in enumerate(LIKENESS):
            took = self._took.get((str(number), *kind(run)))
            if took:
                return median(took)
        return None


def duration(seconds: float | None) -> str:
    """``–`` while unknown, then ``45 s``, ``3 min``, ``2.5 h``."""
    if seconds is None:
        return "–"
    if seconds < 100:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
