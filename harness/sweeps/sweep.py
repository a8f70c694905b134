"""A sweep: every run of a plan that is not finished yet, each journalled the moment it ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...registry.records import OK, Measurement
from ...registry.storage.store import Store
from ..executors import process
from .attempts import Execute
from .bounds import OUT_OF_MEMORY
from .cleanliness import Pause
from .display import Display
from .grid import Sweep
from .interrupts import Interrupts
from .ladder import climbed
from .made import Made, made_by_model
from .plan import Plan, Run
from .session import Session
from .standing import Standing, standing


@dataclass(frozen=True, slots=True)
class Summary:
    """How a sweep ended. ``statuses``: (outcome, how often) of the runs made now, most frequent first."""

    statuses: tuple[tuple[str, int], ...]
    left: int  # runs not made, because a signal stopped the sweep
    earlier: int  # runs that an earlier sweep had finished
    earlier_ok: int
    signum: int | None
    out: tuple[str, ...] = ()  # why each device that takes no more cells does so
    made: tuple[Made, ...] = ()  # the results, by model

    @property
    def ok(self) -> int:
        """Runs of this plan that are known to be ok, from now or earlier."""
        return dict(self.statuses).get(OK, 0) + self.earlier_ok


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
    pause: Pause | None = None,
    sweep_id: str = "",
) -> Summary:
    """How the sweep ended. A run that fails is data; only a store that refuses a write stops the sweep.

    ``again``: also the runs that an earlier sweep finished are made; their results join the earlier ones.
    ``pause``: how a device's rest is waited for; a signal ends the real one. ``sweep_id``: 16 hex digits, a
    new one where none is given.

    Raises StoreFullError; everything acknowledged before is kept, and the same sweep goes on from there.
    """
    start = standing(plan, store, again=again)
    session = Session(
        sweep,
        plan,
        store,
        display,
        interrupts,
        start.bounds,
        import_path=import_path,
        execute=execute,
        pause=pause,
        sweep_id=sweep_id,
    )
    if start.todo:
        session.open(sweep, plan)
    display.start(start.todo, len(start.before))
    session.pass_on_notices()
    course = _Course(session, display, start)
    left = course.finish()
    before = [*start.before, *course.met]
    statuses = tuple(session.counts.most_common())
    return Summary(
        statuses,
        left,
        len(before),
        before.count(OK),
        interrupts.signum,
        session.devices_out,
        made_by_model(session.kept),
    )


class _Course:
    """The walk through what is left, one run after another; ladders have their rungs made here (Maker)."""

    def __init__(self, session: Session, display: Display, start: Standing) -> None:
        self._session = session
        self._display = display
        self._bounds = start.bounds
        self._queue = start.queue()
        self._known = start.known
        self._made = set(start.known)
        self.met: list[str] = []  # how the finished runs had ended that a ladder led to

    def finish(self) -> int:
        """How many runs are left, because a signal came."""
        for run in self._queue:
            if self.stopped or not self._settle(run):
                return len(self._queue) + 1
        return 0

    def _settle(self, run: Run) -> bool:
        """Whether the run came to its end, by a child or because its answer is known."""
        if run.unresolved:
            return self._settle_ladder(run)
        if run.identity in self._made:
            self._drop(run)
            return True
        return self.make(run).status != "cancelled" or not self.stopped

    def _settle_ladder(self, run: Run) -> bool:
        """As ``_settle``. A batch that is out of memory in full is a bound: the search goes on below it."""
        counted = False
        while (found := climbed(run, self._bounds, self)) is not None:
            for each in self._missing(found):
                if self.stopped:
                    return counted
                extra = counted or each.invocation != run.invocation
                status = self.make(replace(each, extra=extra)).status
                counted = counted or (not extra and status != "cancelled")
                if status in OUT_OF_MEMORY:
                    break
            else:
                if not counted and not self.stopped:
                    self._drop(found)
                    counted = True
                return counted
        return counted

    def _drop(self, run: Run) -> None:
        """Makes no run of what was made before: above in this sweep, or in an earlier one."""
        if run.identity in self._known:
            self.met.append(self._known[run.identity])
            self._display.dropped(run, "finished before")
        else:
            self._display.dropped(run, "measured above")

    def _missing(self, found: Run) -> list[Run]:
        """The invocation of a found batch, then those before it that were made with another one."""
        invocations = (found.invocation, *range(found.invocation))
        runs = [replace(found, invocation=invocation) for invocation in invocations]
        return [run for run in runs if run.identity not in self._made]

    @property
    def stopped(self) -> bool:
        """Whether a signal asks to stop."""
        return self._session.stopped

    def try_fit(self, run: Run) -> Measurement:
        """What became of a rung."""
        measurement = self._session.try_fit(run)
        if measurement.status != OK:
            self._made.add(run.identity)
        return measurement

    def make(self, run: Run) -> Measurement:
        """What became of a run that was measured in full."""
        measurement = self._session.make(run)
        self._made.add(run.identity)
        self._queue.note(run, measurement.throughput if measurement.status == OK else None)
        return measurement
