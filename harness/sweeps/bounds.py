"""What memory is known to hold: of each series, the largest batch that ran and the smallest that did not."""

from __future__ import annotations

from collections.abc import Mapping

from ...registry.records import OK, Cell
from .plan import Plan, Run

OUT_OF_MEMORY = frozenset({"oom_device", "oom_host"})

Series = tuple[Cell, str]


class Bounds:
    """Grows with each run that is noted."""

    def __init__(self) -> None:
        self._smallest_oom: dict[Series, Run] = {}
        self._largest_ok: dict[Series, int] = {}

    @classmethod
    def known(cls, plan: Plan, known: Mapping[tuple[str, str, int], str]) -> Bounds:
        """The bounds that the plan's finished runs give."""
        bounds = cls()
        for run in plan.runs:
            bounds.note(run, known.get(run.identity, ""))
        return bounds

    def note(self, run: Run, status: str) -> None:
        """Takes in how a run ended."""
        batch = run.cell.configuration.batch
        if status == OK:
            self._largest_ok[run.series] = max(batch, self._largest_ok.get(run.series, 0))
        if status in OUT_OF_MEMORY:
            bound = self._smallest_oom.get(run.series)
            if bound is None or batch < bound.cell.configuration.batch:
                self._smallest_oom[run.series] = run

    def smallest_oom(self, series: Series) -> int | None:
        """The smallest batch known to be too large."""
        bound = self._smallest_oom.get(series)
        return bound.cell.configuration.batch if bound else None

    def largest_ok(self, series: Series) -> int:
        """The largest batch known to fit; 0 where none is."""
        return self._largest_ok.get(series, 0)

    def implied(self, run: Run) -> tuple[str, str] | None:
        """ "skipped_bound" and its reason, where a smaller batch was out of memory."""
        bound = self._smallest_oom.get(run.series)
        if bound is None or bound.cell.configuration.batch >= run.cell.configuration.batch:
            return None
        batch = bound.cell.configuration.batch
        return "skipped_bound", f"batch {batch} was out of memory (cell {bound.cell_key})"
