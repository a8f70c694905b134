"""Where a sweep begins: what of its plan the store already knows, and what is left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...registry.records import OK
from ...registry.results.earlier import DECIDED, Earlier, Invocation, earlier, finished
from ...registry.storage.store import Store
from .bounds import Bounds
from .ladder import resolved
from .plan import Plan, Run
from .queue import Queue


@dataclass(frozen=True, slots=True)
class Standing:
    """``runs``: the plan's, those of ladders that need not be climbed again with their batch."""

    runs: tuple[Run, ...]
    known: Mapping[Invocation, str]  # how each finished invocation ended
    bounds: Bounds
    earlier: tuple[Earlier, ...]  # every run that is stored of the plan's environments

    @property
    def todo(self) -> list[Run]:
        """The runs that no earlier sweep has brought to an end, in the plan's order."""
        return [run for run in self.runs if run.identity not in self.known]

    @property
    def before(self) -> list[str]:
        """How the plan's finished runs ended."""
        return [self.known[run.identity] for run in self.runs if run.identity in self.known]

    def queue(self) -> Queue:
        """What is left, in the order that what is known suggests."""
        reached = (
            (run.cell, run.cell_key, run.env_id, run.throughput)
            for run in self.earlier
            if run.status == OK and run.throughput is not None
        )
        return Queue(self.todo, reached)


def standing(plan: Plan, store: Store | None, *, again: bool = False) -> Standing:
    """Where a sweep of the plan begins. Without a store, or ``again``, nothing is known."""
    stored = [] if store is None or again else earlier(store, {env.id for env in plan.environments})
    bounds = Bounds()
    latest = {run.identity: run for run in stored if run.status in DECIDED}
    for run in latest.values():
        bounds.note(run, run.status)
    runs = tuple(resolved(run, bounds) for run in plan.runs)
    return Standing(runs, finished(stored), bounds, tuple(stored))
