from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from fitment.harness.job import Job, Measured
from fitment.harness.probe import Machine, ProbedDevice
from fitment.harness.sweeps.grid import Grid, Sweep
from fitment.harness.sweeps.interrupts import Interrupts
from fitment.harness.sweeps.made import Made
from fitment.harness.sweeps.plan import Plan, Run, make_plan
from fitment.harness.sweeps.sweep import Summary, run_sweep
from fitment.registry.errors import StoreFullError
from fitment.registry.records import Environment, Measurement
from fitment.registry.storage.store import Store

from tests.registry.empty_stores import empty_store

ENVIRONMENT = Environment(device_kind="cpu", hardware="a cpu", host="here")
CPU = ProbedDevice("cpu", "cpu", "a cpu", ENVIRONMENT, {"fp32": None, "fp16": "no fp16"}, {"eager": None})
SWEEP = Sweep("a", "quick", 0, 1, (Grid(models=("resnet18",), batches=(1, 8, 32)),), (), "the text")
Answers = Callable[[Job], Measured]


def plan(sweep: Sweep = SWEEP) -> Plan:
    return make_plan(sweep, Machine((CPU,)))


def answered(job: Job, status: str = "ok", **more: object) -> Measured:
    measurement = Measurement(
        cell=job.cell,
        env_id=job.env_id,
        status=status,
        recorded_at="2026-01-01T00:00:00+00:00",
        sweep_id=job.sweep_id,
        invocation=job.invocation,
        throughput=100.0 if status == "ok" else None,
    )
    samples = np.array([0.01, 0.02]) if status == "ok" else None
    return Measured(replace(measurement, **more), samples)  # type: ignore[arg-type]


class Recorder:
    """A display that remembers what it was told."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.notices: list[str] = []
        self.stopped = False

    def start(self, runs: Sequence[Run], earlier: int) -> None:
        self.told.append(f"{len(runs)} to run, {earlier} before")

    def running(self, run: Run) -> None:
        self.told.append(f"running b{run.cell.configuration.batch}")

    def finished(self, run: Run, measurement: Measurement, seconds: float | None) -> None:
        child = "no child" if seconds is None else "child"
        self.told.append(f"b{run.cell.configuration.batch} {measurement.status}, {child}")

    def dropped(self, run: Run, reason: str) -> None:
        self.told.append(f"b{run.cell.configuration.batch} dropped: {reason}")

    def notice(self, text: str) -> None:
        self.notices.append(text)

    def stop(self) -> None:
        self.stopped = True


class Executor:
    """Answers jobs in this process and remembers them."""

    def __init__(self, answer: Answers = answered) -> None:
        self.jobs: list[Job] = []
        self._answer = answer

    def __call__(self, job: Job) -> Measured:
        self.jobs.append(job)
        return self._answer(job)

    @property
    def batches(self) -> list[int]:
        return [job.cell.configuration.batch for job in self.jobs]


def swept(
    store: Store, execute: Executor, *, sweep: Sweep = SWEEP, display: Recorder | None = None
) -> Summary:
    with Interrupts() as interrupts:
        return run_sweep(
            sweep,
            plan(sweep),
            store,
            display or Recorder(),
            interrupts,
            execute=execute,
            pause=lambda seconds: True,
        )


def rows(store: Store, query: str) -> list[tuple[object, ...]]:
    with store.reading() as con:
        return con.execute(query).fetchall()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return empty_store(tmp_path / "s.duckdb")


def test_each_run_is_stored_with_its_sweep_and_environment(store: Store) -> None:
    """Results, raw samples, the sweep's text and the environment are all there, joined by their ids."""
    summary = swept(store, Executor())
    made = (Made("resnet18", "", ("forward",), (1, 2, 3), ok=3),)
    assert summary == Summary((("ok", 3),), left=0, earlier=0, earlier_ok=0, signum=None, made=made)
    joined = """SELECT s.name, s.config_text, e.host, len(x.latency_s) FROM performance_results r
        JOIN sweeps s USING (sweep_id) JOIN environments e USING (env_id)
        JOIN samples x ON x.result_id = r.id"""
    assert rows(store, joined) == [("a", "the text", "here", 2)] * 3


def test_a_job_carries_what_the_worker_needs(store: Store) -> None:
    """Profile, deadline and import path of the sweep arrive in each job."""
    execute = Executor()
    with Interrupts() as interrupts:
        run_sweep(SWEEP, plan(), store, Recorder(), interrupts, import_path=["/mine"], execute=execute)
    assert {(job.device, job.profile, job.import_path) for job in execute.jobs} == {
        ("cpu", "quick", ("/mine",))
    }


def test_again_makes_finished_runs_too(store: Store) -> None:
    """With ``again`` every run is made once more, and its result joins the earlier one."""
    swept(store, Executor())
    with Interrupts() as interrupts:
        summary = run_sweep(SWEEP, plan(), store, Recorder(), interrupts, again=True, execute=Executor())
    assert (summary.statuses, summary.earlier) == ((("ok", 3),), 0)
    assert rows(store, "SELECT count(*) FROM performance_results") == [(6,)]


def test_only_unfinished_runs_are_made(store: Store) -> None:
    """What an earlier sweep measured is not measured again; new cells of a changed sweep are."""
    swept(store, Executor())
    again = Executor()
    summary = swept(store, again)
    assert (again.jobs, summary.earlier, summary.earlier_ok, summary.ok) == ([], 3, 3, 3)
    grid = replace(SWEEP.grids[0], batches=(1, 8, 32, 64))
    swept(store, again, sweep=replace(SWEEP, grids=(grid,), text="other"))
    assert again.batches == [64]
    assert rows(store, "SELECT count(*) FROM sweeps") == [(2,)]


@pytest.mark.parametrize(
    "status", ["model_error", "missing_dependency", "device_fault", "harness_error", "cancelled"]
)
def test_what_says_nothing_of_the_hardware_is_tried_again(store: Store, status: str) -> None:
    """A failure that decides nothing is stored, and the next sweep runs the cell again."""
    summary = swept(store, Executor(lambda job: answered(job, status)))
    assert (summary.statuses, summary.ok) == (((status, 3),), 0)
    assert swept(store, Executor()).statuses == (("ok", 3),)


def test_an_oom_bounds_the_larger_batches(store: Store) -> None:
    """Larger batches of the series are stored as skipped, with the cell that bounds them; no child starts."""
    display = Recorder()
    execute = Executor(lambda job: answered(job, "oom_host" if job.cell.configuration.batch == 8 else "ok"))
    summary = swept(store, execute, display=display)
    assert execute.batches == [1, 8]
    assert dict(summary.statuses) == {"ok": 1, "oom_host": 1, "skipped_bound": 1}
    bound = execute.jobs[1].cell.key
    skipped = rows(store, "SELECT detail FROM performance_results WHERE status = 'skipped_bound'")
    assert skipped == [(f"batch 8 was out of memory (cell {bound})",)]
    assert display.told[-1] == "b32 skipped_bound, no child"


def test_an_oom_of_an_earlier_sweep_bounds_as_well(store: Store) -> None:
    """Resuming knows the bounds that were found before."""
    swept(
        store,
        Executor(lambda job: answered(job, "oom_host")),
        sweep=replace(SWEEP, grids=(replace(SWEEP.grids[0], batches=(8,)),)),
    )
    execute = Executor()
    assert dict(swept(store, execute).statuses) == {"ok": 1, "skipped_bound": 1}
    assert execute.batches == [1]


def test_an_oom_in_one_series_bounds_no_other(store: Store) -> None:
    """Another compile mode, precision or device may fit."""
    grid = replace(SWEEP.grids[0], scenarios=("forward", "train_step"), batches=(1, 8))
    execute = Executor(lambda job: answered(job, "oom_host" if job.cell.scenario == "train_step" else "ok"))
    assert dict(swept(store, execute, sweep=replace(SWEEP, grids=(grid,))).statuses) == {
        "ok": 2,
        "oom_host": 1,
        "skipped_bound": 1,
    }


@pytest.mark.parametrize("status", ["crashed", "oom_device"])
def test_a_crash_is_tried_once_more(store: Store, status: str) -> None:
    """Infrastructure gets a second chance in a fresh process; what came of it is one row, flagged."""
    answers = iter([(status, 11), ("ok", None)] + [("ok", None)] * 2)

    def answer(job: Job) -> Measured:
        outcome, signum = next(answers)
        return answered(job, outcome, signal=signum, stage="warm_up" if signum else None)

    execute = Executor(answer)
    assert swept(store, execute).statuses == (("ok", 3),)
    assert execute.batches == [1, 1, 8, 32]
    first = rows(store, "SELECT flags, detail FROM performance_results WHERE batch = 1")
    assert first == [("retried", f"first try: {status} in warm_up (signal 11)")]


def test_a_crash_that_repeats_is_the_outcome(store: Store) -> None:
    """After its retry a crash decides the cell; it is not tried a third time, now or later."""
    execute = Executor(lambda job: answered(job, "crashed", signal=6))
    assert swept(store, execute).statuses == (("crashed", 3),)
    assert execute.batches == [1, 1, 8, 8, 32, 32]
    assert swept(store, execute).statuses == ()
    assert len(execute.jobs) == 6


def test_a_failure_never_stops_the_sweep(store: Store) -> None:
    """Hang, crash and error of one cell are data; the others run."""
    statuses = {1: "timeout", 8: "crashed", 32: "ok"}
    execute = Executor(lambda job: answered(job, statuses[job.cell.configuration.batch]))
    assert dict(swept(store, execute).statuses) == {"timeout": 1, "crashed": 1, "ok": 1}


def test_unsupported_is_an_outcome_without_a_child(store: Store) -> None:
    """What the probe rules out is stored with its reason; nothing else is run in its place."""
    grid = replace(SWEEP.grids[0], precisions=("fp16",), batches=(1,))
    execute = Executor()
    assert swept(store, execute, sweep=replace(SWEEP, grids=(grid,))).statuses == (
        ("unsupported_precision", 1),
    )
    assert execute.jobs == []
    assert rows(store, "SELECT precision, status, detail FROM performance_results") == [
        ("fp16", "unsupported_precision", "no fp16")
    ]


def test_the_display_hears_of_each_run_once_it_is_kept(store: Store) -> None:
    """A result is announced when it is in the store, never before."""
    kept: list[int] = []

    class Counting(Recorder):
        def finished(self, run: Run, measurement: Measurement, seconds: float | None) -> None:
            super().finished(run, measurement, seconds)
            kept.append(int(str(rows(store, "SELECT count(*) FROM performance_results")[0][0])))

    display = Counting()
    swept(store, Executor(), display=display)
    assert kept == [1, 2, 3]
    assert display.told == [
        "3 to run, 0 before",
        *(line for b in (1, 8, 32) for line in (f"running b{b}", f"b{b} ok, child")),
    ]


HOLD = """
import duckdb, sys
con = duckdb.connect(sys.argv[1])
print("held", flush=True)
sys.stdin.read()
"""


def test_a_database_in_use_stops_nothing(store: Store) -> None:
    """Results go to the journal, notices say so once each, and all is there when the database is free."""
    display = Recorder()
    command = [sys.executable, "-c", HOLD, str(store.path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        assert swept(store, Executor(), display=display).statuses == (("ok", 3),)
        holder.communicate("")
    assert display.notices
    assert len(display.notices) == len(set(display.notices))
    assert rows(Store.open(store.path), "SELECT count(*) FROM performance_results") == [(3,)]


def test_a_full_disk_stops_the_sweep_and_keeps_what_was_acknowledged(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A store that refuses a write raises at once; the same sweep then goes on where it stopped."""
    refused = []

    def second_is_refused(job: Job) -> Measured:
        if job.cell.configuration.batch == 8:
            refused.append(job)
            monkeypatch.setattr(store, "append", _full)
        return answered(job)

    with pytest.raises(StoreFullError):
        swept(store, Executor(second_is_refused))
    monkeypatch.undo()
    execute = Executor()
    summary = swept(store, execute)
    assert (summary.earlier, execute.batches) == (1, [8, 32])


def _full(*arguments: object, **more: object) -> None:
    raise StoreFullError("no space left on the device")


def test_F05_one_interrupt_finishes_the_cell(store: Store) -> None:
    """After Ctrl-C the running cell is finished and kept, and no other is started."""

    def interrupted(job: Job) -> Measured:
        os.kill(os.getpid(), signal.SIGINT)
        return answered(job)

    execute = Executor(interrupted)
    summary = swept(store, execute)
    (made,) = summary.made
    expected = Summary((("ok", 1),), left=2, earlier=0, earlier_ok=0, signum=signal.SIGINT)
    assert (replace(summary, made=()), made.ids, made.ok) == (expected, (1,), 1)
    assert swept(store, Executor()).earlier_ok == 1


def test_F05_a_request_to_end_abandons_the_cell(store: Store) -> None:
    """After SIGTERM the running cell is kept as cancelled, says nothing of the hardware and runs again."""

    def ended(job: Job) -> Measured:
        os.kill(os.getpid(), signal.SIGTERM)
        pytest.fail("went on after SIGTERM")

    summary = swept(store, Executor(ended))
    (made,) = summary.made
    expected = Summary((("cancelled", 1),), left=3, earlier=0, earlier_ok=0, signum=signal.SIGTERM)
    assert (replace(summary, made=()), made.ids, made.ok) == (expected, (1,), 0)
    assert swept(store, Executor()).statuses == (("ok", 3),)
