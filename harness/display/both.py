"""Several displays of one sweep as one."""

from __future__ import annotations

from collections.abc import Sequence

from ...registry.records import Measurement
from ..sweeps.display import Display
from ..sweeps.plan import Run


class Both:
    """Each display hears everything, the first one first."""

    def __init__(self, *displays: Display) -> None:
        self._displays = displays

    def start(self, runs: Sequence[Run], earlier: int) -> None:
        """See Display."""
        for display in self._displays:
            display.start(runs, earlier)

    def running(self, run: Run) -> None:
        """See Display."""
        for display in self._displays:
            display.running(run)

    def finished(self, run: Run, measurement: Measurement, seconds: float | None) -> None:
        """See Display."""
        for display in self._displays:
            display.finished(run, measurement, seconds)

    def dropped(self, run: Run, reason: str) -> None:
        """See Display."""
        for display in self._displays:
            display.dropped(run, reason)

    def notice(self, text: str) -> None:
        """See Display."""
        for display in self._displays:
            display.notice(text)

    def stop(self) -> None:
        """See Display."""
        for display in self._displays:
            display.stop()
