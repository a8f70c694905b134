"""What memory is known to hold: of each series, the batches that ran, and those that did not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Protocol

from ...registry.records import OK, Cell
from .plan import Run, Series, series

OUT_OF_MEMORY = frozenset({"oom_device", "oom_host"})


class Tried(Protocol):
    """Whatever has run: now, or in an earlier sweep."""

    @property
    def cell(self) -> Cell:
        """What ran."""

    @property
    def cell_key(self) -> str:
        """The cell's key."""

    @property
    def env_id(self) -> str:
        """Where it ran."""


class Bounds:
    """Grows with each run that is noted.

    A batch that only fitted (a ladder's rung: a step was made, nothing was timed) counts as one that runs
    until one of them is out of memory when it is measured in full; then only full measurements count.
    """

    def __init__(self) -> None:
        self._ran: defaultdict[Series, set[int]] = defaultdict(set)
        self._fitted: defaultdict[Series, set[int]] = defaultdict(set)
        self._oom: dict[Series, tuple[int, str]] = {}  # the smallest, and the key of its cell
        self._failed: defaultdict[Series, dict[int, str]] = defaultdict(dict)
        self._relapses: Counter[Series] = Counter()

    def note(self, run: Tried, status: str) -> None:
        """Takes in how a run ended."""
        of, batch = series(run.cell, run.env_id), run.cell.configuration.batch
        if status == OK:
            self._ran[of].add(batch)
        elif status in OUT_OF_MEMORY:
            self._note_oom(of, batch, run.cell_key)
        elif status != "skipped_bound":  # which says nothing new
            self._failed[of][batch] = status

    def _note_oom(self, of: Series, batch: int, cell_key: str) -> None:
        if self._relapses[of] or batch in self._fitted[of]:
            self._relapses[of] += 1
        known = self._oom.get(of)
        if known is None or batch < known[0]:
            self._oom[of] = batch, cell_key

    def note_fit(self, run: Run) -> None:
        """Takes in that a step of the run was made, untimed."""
        self._fitted[run.series].add(run.cell.configuration.batch)

    def smallest_oom(self, of: Series) -> int | None:
        """The smallest batch known to be too large."""
        known = self._oom.get(of)
        return known[0] if known else None

    def largest_ok(self, of: Series) -> int:
        """The largest batch known to run, below every one that was out of memory; 0 where none is."""
        fitted = set() if self._relapses[of] else self._fitted[of]
        return max(self._below_oom(of, self._ran[of] | fitted), default=0)

    def smallest_failed(self, of: Series) -> tuple[int, str] | None:
        """The smallest batch above those that run that ended otherwise than out of memory, and how."""
        above = [batch for batch in self._failed[of] if batch > self.largest_ok(of)]
        return (min(above), self._failed[of][min(above)]) if above else None

    def relapses(self, of: Series) -> int:
        """How many batches were out of memory since one did that had fitted; 0 while none did."""
        return self._relapses[of]

    def implied(self, run: Run) -> tuple[str, str] | None:
        """ "skipped_bound" and its reason, where a smaller batch was out of memory."""
        bound = self._oom.get(run.series)
        if bound is None or bound[0] >= run.cell.configuration.batch:
            return None
        return "skipped_bound", f"batch {bound[0]} was out of memory (cell {bound[1]})"

    def _below_oom(self, of: Series, batches: Iterable[int]) -> list[int]:
        oom = self.smallest_oom(of)
        return [batch for batch in batches if oom is None or batch < oom]
