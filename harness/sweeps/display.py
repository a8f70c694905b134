"""Who shows a sweep: what the sweep asks of any display (harness/display/ has them)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from ...registry.records import Measurement
from .plan import Run


class Display(Protocol):
    """Who shows a sweep. Called between runs only, so that it disturbs no measurement."""

    def start(self, runs: Sequence[Run], earlier: int) -> None:
        """What is about to be run, and how many runs were finished before."""

    def running(self, run: Run) -> None:
        """A child is about to start."""

    def finished(self, run: Run, measurement: Measurement, seconds: float | None) -> None:
        """A run is in the journal; ``seconds`` is what it took, None where no child was started.

        A run that is ``extra`` is none of those that ``start`` told of, and counts for none of them. Of
        these a ladder's rung that fits is only told, not kept: it is ok without a throughput.
        """

    def dropped(self, run: Run, reason: str) -> None:
        """A run that ``start`` told of is not made, because its answer is known by now."""

    def notice(self, text: str) -> None:
        """One line that is about no run."""

    def stop(self) -> None:
        """Nothing more follows; the terminal is as it was."""
