"""A sweep: every run of a plan that is not finished yet, each journalled the moment it ends."""

from __future__ import annotations

import time
import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from ...registry.records import OK, PROTOCOL_VERSION, Cell, Measurement, content_hash
from ...registry.results.append import SweepRecord, append_environment, append_measurement, append_sweep
from ...registry.results.finished import finished
from ...registry.storage.store import Store
from ..executors import process
from ..job import Job, Measured
from .git_state import git_state
from .grid import Sweep
from .interrupts import Abandoned, Interrupts
from .plan import Plan, Run

OUT_OF_MEMORY = frozenset({"oom_device", "oom_host"})
ONCE_MORE = frozenset({"oom_device", "crashed"})  # measurement.md §4: retried in a fresh process

Execute = Callable[[Job], Measured]
Bounds = dict[tuple[Cell, str], Run]  # of each series, the smallest run that was out of memory


class Display(Protocol):
    """Who shows a sweep. Called between runs only, so that it disturbs no measurement."""

    def start(self, runs: Sequence[Run], earlier: int) -> None:
        """What is about to be run, and how many runs were finished before."""

    def running(self, run: Run) -> None:
        """A child is about to start."""

    def finished(self, run: Run, measurement: Measurement, seconds: float | None) -> None:
        """A run is in the journal; ``seconds`` is what it took, None where no child was started."""

    def notice(self, text: str) -> None:
        """One line that is about no run."""

    def stop(self) -> None:
        """Nothing more follows; the terminal is as it was."""


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
    sweep_id = _open_sweep(sweep, plan, store) if todo else ""
    bounds = _bounds_known(plan, known)
    capacities = {environment.id: environment.device_memory_bytes for environment in plan.environments}
    counts: Counter[str] = Counter()
    told: set[str] = set()
    display.start(todo, len(plan.runs) - len(todo))
    _tell(store, display, told)
    for run in todo:
        if interrupts.signum is not None:
            break
        job = _job(run, sweep.profile, sweep_id, import_path)
        implied = _implied(run, bounds)
        if implied is None:
            display.running(run)
            measured, seconds = _attended(job, interrupts, execute)
        else:
            measured, seconds = _without_child(job, *implied), None
        append_measurement(
            store, measured.measurement, measured.samples, capacity_bytes=capacities[run.env_id]
        )
        counts[measured.measurement.status] += 1
        _bound(bounds, run, measured.measurement.status)
        _tell(store, display, told)
        display.finished(run, measured.measurement, seconds)
    earlier = [known[run.identity] for run in plan.runs if run.identity in known]
    left = len(todo) - counts.total() + counts["cancelled"]
    return Summary(tuple(counts.most_common()), left, len(earlier), earlier.count(OK), interrupts.signum)


def _open_sweep(sweep: Sweep, plan: Plan, store: Store) -> str:
    """The id of a sweep whose record and environments are now in the store."""
    commit, dirty = git_state(Path.cwd())
    record = SweepRecord(
        sweep_id=uuid.uuid4().hex[:16],
        name=sweep.name,
        started_at=_now(),
        config_text=sweep.text,
        config_hash=content_hash(sweep.text),
        git_commit=commit,
        git_dirty=dirty,
        protocol=PROTOCOL_VERSION,
    )
    for environment in plan.environments:
        append_environment(store, environment)
    append_sweep(store, record)
    return record.sweep_id


def _job(run: Run, profile: str, sweep_id: str, import_path: Sequence[str]) -> Job:
    deadline_s, path = run.deadline_s, tuple(import_path)
    return Job(run.cell, run.device, run.env_id, sweep_id, run.invocation, profile, deadline_s, path)


def _attended(job: Job, interrupts: Interrupts, execute: Execute) -> tuple[Measured, float]:
    """What the job came to, and the seconds that it took; "cancelled" where a signal cut it off."""
    started = time.monotonic()
    try:
        with interrupts.abandonable():
            measured = _measured(job, execute)
    except Abandoned as abandoned:
        measured = _without_child(job, "cancelled", f"abandoned on signal {abandoned.signum}")
    return measured, time.monotonic() - started


def _implied(run: Run, bounds: Bounds) -> tuple[str, str] | None:
    """The outcome and its reason where it is known without running."""
    if run.unsupported:
        return run.unsupported
    bound = bounds.get(run.series)
    if bound is None or bound.cell.configuration.batch >= run.cell.configuration.batch:
        return None
    return (
        "skipped_bound",
        f"batch {bound.cell.configuration.batch} was out of memory (cell {bound.cell_key})",
    )


def _measured(job: Job, execute: Execute) -> Measured:
    """What the job came to, after one more try where that may help; the first try is named."""
    first = execute(job)
    if first.measurement.status not in ONCE_MORE:
        return first
    again = execute(job)
    earlier = _story(first.measurement)
    detail = f"{again.measurement.detail}; " if again.measurement.detail else ""
    measurement = replace(
        again.measurement,
        flags=",".join(filter(None, (again.measurement.flags, "retried"))),
        detail=f"{detail}first try: {earlier}",
    )
    return replace(again, measurement=measurement)


def _story(measurement: Measurement) -> str:
    signal = f" (signal {measurement.signal})" if measurement.signal else ""
    stage = f" in {measurement.stage}" if measurement.stage else ""
    return f"{measurement.status}{stage}{signal}"


def _without_child(job: Job, status: str, detail: str) -> Measured:
    measurement = Measurement(
        cell=job.cell,
        env_id=job.env_id,
        status=status,
        recorded_at=_now(),
        sweep_id=job.sweep_id,
        invocation=job.invocation,
        detail=detail,
    )
    return Measured(measurement, None)


def _bounds_known(plan: Plan, known: dict[tuple[str, str, int], str]) -> Bounds:
    bounds: Bounds = {}
    for run in plan.runs:
        _bound(bounds, run, known.get(run.identity, ""))
    return bounds


def _bound(bounds: Bounds, run: Run, status: str) -> None:
    if status not in OUT_OF_MEMORY:
        return
    bound = bounds.get(run.series)
    if bound is None or run.cell.configuration.batch < bound.cell.configuration.batch:
        bounds[run.series] = run


def _tell(store: Store, display: Display, told: set[str]) -> None:
    for notice in store.notices:
        if notice not in told:
            told.add(notice)
            display.notice(notice)


def _now() -> str:
    return datetime.now(UTC).isoformat()
