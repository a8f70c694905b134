"""A sweep as plain lines, for logs, pipes and CI: one for each finished run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from ...registry.records import Measurement
from ...registry.report.text import terminal
from ..sweeps.plan import Run
from .eta import duration
from .lines import heading, outcome, run_name
from .outlook import Outlook


class PlainDisplay:
    """Writes to ``out`` and flushes each line, so that it is there when the run is."""

    def __init__(self, out: TextIO, outlook: Outlook | None = None) -> None:
        self._out = out
        self._outlook = outlook or Outlook()

    def start(self, runs: Sequence[Run], earlier: int) -> None:
        """Says how much there is to do."""
        self._outlook.start(runs)
        self._line(heading(self._outlook.total, earlier))

    def running(self, run: Run) -> None:
        """Nothing: a line stands for a result."""
        self._outlook.began(run)

    def finished(self, run: Run, measurement: Measurement, seconds: float | None) -> None:
        """The result of one run, and when the sweep will be done."""
        self._outlook.ended(run, seconds)
        self._told(run, outcome(measurement))

    def dropped(self, run: Run, reason: str) -> None:
        """Why one run is not made."""
        self._outlook.ended(run, None)
        self._told(run, terminal(reason))

    def notice(self, text: str) -> None:
        """One line that is about no run."""
        self._line(f"note: {terminal(text)}")

    def stop(self) -> None:
        """Nothing to restore."""

    def _told(self, run: Run, text: str) -> None:
        outlook, total = self._outlook, str(self._outlook.total)
        done = "" if run.extra else outlook.finished
        left = outlook.finished < outlook.total
        eta = f"  eta {duration(outlook.remaining_s())}" if left else ""
        self._line(f"[{done:>{len(total)}}/{total}] {run_name(run):<{outlook.width}}  {text}{eta}")

    def _line(self, text: str) -> None:
        self._out.write(text + "\n")
        self._out.flush()
