"""Where a sweep begins: what of its plan the store already knows, and what is left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace

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
    earlier: tuple[Earlier, ...]  # every run that is stored of the plan's environments, in the plan's names

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
    """Where a sweep of the plan begins. Without a store, or ``again``, nothing is known.

    What a model was called when it was measured makes no difference, once a rename said that it is the same.
    """
    stored = [] if store is None or again else earlier(store, {env.id for env in plan.environments})
    planned = {run.cell.model for run in plan.runs}
    known = [(run, was.cell_key) for was in stored for run in _in_names_of(planned, was)]
    bounds = Bounds()
    latest = {run.identity: (run, key) for run, key in known if run.status in DECIDED}
    for run, key in latest.values():
        bounds.note(replace(run, cell_key=key), run.status)  # named as it is stored
    runs = tuple(resolved(run, bounds) for run in plan.runs)
    told = tuple(run for run, _ in known)
    return Standing(runs, finished(told), bounds, told)


def _in_names_of(planned: Set[str], run: Earlier) -> Iterator[Earlier]:
    """The run under each name that the plan has for its model; as it is where the plan lacks it."""
    names = planned & run.names
    if len(run.names) == 1 or not names:
        yield run
    else:
        yield from (run.called(name) for name in sorted(names))
