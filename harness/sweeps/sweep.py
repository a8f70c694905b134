"""A sweep: every run of a plan that is not finished yet, each journalled the moment it ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...registry.records import OK
from ...registry.results.finished import finished
from ...registry.storage.store import Store
from ..executors import process
from .attempts import Execute
from .bounds import Bounds
from .display import Display
from .grid import Sweep
from .interrupts import Interrupts
from .plan import Plan, Run
from .session import Session


@dataclass(frozen=True, slots=True)
class Summary:
    """How a sweep ended. ``statuses``: (outcome, how often) of the runs made now, most frequent first."""

    statuses: tuple[tuple[str, int], ...]
    left: int  # runs not made, because a signal stopped the sweep
    earlier: int  # runs that an earlier sweep had finished
    earlier_ok: int
    signum: int | None

    @property
    def ok(self) -> int:
        """Runs of this plan that are known to be ok, from now or earlier."""
        return dict(self.statuses).get(OK, 0) + self.earlier_ok


def unfinished(plan: Plan, known: dict[tuple[str, str, int], str]) -> list[Run]:
    """The runs that no earlier sweep has brought to an end, in the plan's order."""
    return [run for run in plan.runs if run.identity not in known]


def run_sweep(
    sweep: Sweep,
    plan: Plan,
    store: Store,
    display: Display,
    interrupts: Interrupts,
    *,
    import_path: Sequence[str] = (),
    again: bool = False,
    execute: Execute = process.run,
) -> Summary:
    """How the sweep ended. A run that fails is data; only a store that refuses a write stops the sweep.

    ``again``: also the runs that an earlier sweep finished are made; their results join the earlier ones.

    Raises StoreFullError; everything acknowledged before is kept, and the same sweep goes on from there.
    """
    known = {} if again else finished(store)
    todo = unfinished(plan, known)
    bounds = Bounds.known(plan, known)
    session = Session(
        sweep, plan, store, display, interrupts, bounds, import_path=import_path, execute=execute
    )
    if todo:
        session.open(sweep, plan)
    display.start(todo, len(plan.runs) - len(todo))
    session.pass_on_notices()
    for run in todo:
        if interrupts.signum is not None:
            break
        session.make(run)
    earlier = [known[run.identity] for run in plan.runs if run.identity in known]
    counts = session.counts
    left = len(todo) - counts.total() + counts["cancelled"]
    return Summary(tuple(counts.most_common()), left, len(earlier), earlier.count(OK), interrupts.signum)
