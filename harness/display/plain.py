"""A sweep as plain lines, for logs, pipes and CI: one for each finished run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from ...registry.records import Measurement
from ...registry.report.text import terminal
from ..sweeps.plan import Run
from .eta import Eta, duration
from .lines import name_width, outcome, run_name

Place = tuple[str, str, int]


class PlainDisplay:
    """Writes to ``out`` and flushes each line, so that it is there when the run is."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._left: dict[Place, Run] = {}
        self._total = 0
        self._width = 0
        self._eta = Eta()

    def start(self, runs: Sequence[Run], earlier: int) -> None:
        """Says how much there is to do."""
        self._left, self._total = {run.place: run for run in runs}, len(runs)
        self._width = name_width(runs)
        before = f", {earlier} finished before" if earlier else ""
        self._line(f"{len(runs)} runs{before}")

    def running(self, run: Run) -> None:
        """Nothing: a line stands for a result."""

    def finished(self, run: Run, measurement: Measurement, seconds: float | None) -> None:
        """The result of one run, and when the sweep will be done."""
        if seconds is not None:
            self._eta.record(run, seconds)
        if not run.extra:
            self._left.pop(run.place, None)
        self._told(run, outcome(measurement))

    def dropped(self, run: Run, reason: str) -> None:
        """Why one run is not made."""
        self._left.pop(run.place, None)
        self._told(run, terminal(reason))

    def notice(self, text: str) -> None:
        """One line that is about no run."""
        self._line(f"note: {terminal(text)}")

    def stop(self) -> None:
        """Nothing to restore."""

    def _told(self, run: Run, text: str) -> None:
        total = str(self._total)
        done = "" if run.extra else self._total - len(self._left)
        eta = f"  eta {duration(self._eta.remaining_s(self._left.values()))}" if self._left else ""
        self._line(f"[{done:>{len(total)}}/{total}] {run_name(run):<{self._width}}  {text}{eta}")

    def _line(self, text: str) -> None:
        self._out.write(text + "\n")
        self._out.flush()
