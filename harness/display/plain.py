"""A sweep as plain lines, for logs, pipes and CI: one for each finished run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from ...registry.records import Measurement
from ...registry.report.text import terminal
from ..sweeps.plan import Run
from .eta import Eta, duration
from .lines import name_width, outcome, run_name


class PlainDisplay:
    """Writes to ``out`` and flushes each line, so that it is there when the run is."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._runs: Sequence[Run] = ()
        self._done = 0
        self._width = 0
        self._eta = Eta()

    def start(self, runs: Sequence[Run], earlier: int) -> None:
        """Says how much there is to do."""
        self._runs, self._width = runs, name_width(runs)
        before = f", {earlier} finished before" if earlier else ""
        self._line(f"{len(runs)} runs{before}")

    def running(self, run: Run) -> None:
        """Nothing: a line stands for a result."""

    def finished(self, run: Run, measurement: Measurement, seconds: float | None) -> None:
        """The result of one run, and when the sweep will be done."""
        self._done += 1
        if seconds is not None:
            self._eta.record(run, seconds)
        total = str(len(self._runs))
        place = f"[{self._done:>{len(total)}}/{total}]"
        left = self._runs[self._done :]
        eta = f"  eta {duration(self._eta.remaining_s(left))}" if left else ""
        self._line(f"{place} {run_name(run):<{self._width}}  {outcome(measurement)}{eta}")

    def notice(self, text: str) -> None:
        """One line that is about no run."""
        self._line(f"note: {terminal(text)}")

    def stop(self) -> None:
        """Nothing to restore."""

    def _line(self, text: str) -> None:
        self._out.write(text + "\n")
        self._out.flush()
