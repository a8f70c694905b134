"""A sweep under way: what all its runs share, and what became of those made so far."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from ...registry.records import OK, PROTOCOL_VERSION, Cell, Measurement, content_hash
from ...registry.results.append import SweepRecord, append_environment, append_measurement, append_sweep
from ...registry.storage.store import Store
from ..calibration.keep import keep_own_cost
from ..job import Job, Measured
from .attempts import Execute, attended, now, without_child
from .bounds import Bounds
from .cleanliness import Pause
from .device_state import device_states
from .display import Display
from .git_state import git_state
from .grid import Sweep
from .interrupts import Interrupts
from .ladder import FIT, remarked
from .plan import Plan, Run


def new_sweep_id() -> str:
    """16 hex digits that no other sweep has."""
    return uuid.uuid4().hex[:16]


class Session:
    """Makes runs one after another; each is in the journal before the display hears of it."""

    def __init__(
        self,
        sweep: Sweep,
        plan: Plan,
        store: Store,
        display: Display,
        interrupts: Interrupts,
        bounds: Bounds,
        *,
        import_path: Sequence[str],
        execute: Execute,
        pause: Pause | None = None,
        sweep_id: str = "",
    ) -> None:
        self.bounds = bounds
        self.counts: Counter[str] = Counter()
        self.kept: list[tuple[int, Cell, str]] = []  # ids, cells and statuses of what is in the store
        self._profile = sweep.profile
        self._store = store
        self._display = display
        self._interrupts = interrupts
        self._import_path = tuple(import_path)
        self._execute = execute
        self._devices = device_states(plan, pause or interrupts.pause, display.notice)
        self._environments = {env.id: env for env in plan.environments}
        self._told: set[str] = set()
        self._sweep_id = sweep_id or new_sweep_id()

    def open(self, sweep: Sweep, plan: Plan) -> None:
        """Puts the sweep's record and its environments into the store."""
        commit, dirty = git_state(Path.cwd())
        for environment in plan.environments:
            append_environment(self._store, environment)
        keep_own_cost(self._store, plan.devices)
        append_sweep(
            self._store,
            SweepRecord(
                sweep_id=self._sweep_id,
                name=sweep.name,
                started_at=now(),
                config_text=sweep.text,
                config_hash=content_hash(sweep.text),
                git_commit=commit,
                git_dirty=dirty,
                protocol=PROTOCOL_VERSION,
                profile=sweep.profile,
            ),
        )

    def make(self, run: Run) -> Measurement:
        """What became of the run, once it is kept and shown."""
        implied = run.unsupported or self.bounds.implied(run) or self._devices[run.device].out
        seconds: float | None = None
        if implied:
            measured = without_child(self._job(run), *implied)
        else:
            self._display.running(run)
            measured, seconds = self._attended(self._job(run))
            measured = replace(measured, measurement=remarked(run, measured.measurement))
        self._keep(run, measured)
        self._display.finished(run, measured.measurement, seconds)
        return measured.measurement

    def try_fit(self, run: Run) -> Measurement:
        """What became of a ladder's rung; one that fits is not kept: it would be a result without timings."""
        job = replace(self._job(run), profile=FIT)
        seconds: float | None = None
        if out := self._devices[run.device].out:
            measured = without_child(job, *out)
        else:
            self._display.running(run)
            measured, seconds = self._attended(job)
        if measured.measurement.status == OK:
            self.bounds.note_fit(run)
        else:
            self._keep(run, measured)
        self._display.finished(run, measured.measurement, seconds)
        return measured.measurement

    def _attended(self, job: Job) -> tuple[Measured, float]:
        device = self._devices[job.device]
        run = partial(device.run, execute=self._execute)
        measured, seconds = attended(job, self._interrupts, run, device.cool_down)
        device.conclude(measured.measurement)
        return measured, seconds

    @property
    def devices_out(self) -> tuple[str, ...]:
        """Why each device that takes no more cells does so, one line each."""
        return tuple(state.out[1] for state in self._devices.values() if state.out)

    @property
    def stopped(self) -> bool:
        """Whether a signal asks to stop."""
        return self._interrupts.signum is not None

    def _keep(self, run: Run, measured: Measured) -> None:
        number = append_measurement(
            self._store,
            measured.measurement,
            measured.samples,
            capacity_bytes=self._environments[run.env_id].device_memory_bytes,
        )
        status = measured.measurement.status
        self.kept.append((number, measured.measurement.cell, status))
        self.counts[status] += 1
        self.bounds.note(run, status)
        self.pass_on_notices()

    def pass_on_notices(self) -> None:
        """Shows what the store has to say, each line once."""
        for notice in self._store.notices:
            if notice not in self._told:
                self._told.add(notice)
                self._display.notice(notice)

    def _job(self, run: Run) -> Job:
        return Job(
            run.cell,
            run.device,
            run.env_id,
            self._sweep_id,
            run.invocation,
            self._profile,
            run.deadline_s,
            self._import_path,
            self._environments[run.env_id].device_uuid,
            self._environments[run.env_id].mig_profile,
        )
