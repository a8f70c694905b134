"""fitment.harness.sweeps.ladder: the search alone, in a sweep over scripted children, and over real ones."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fitment.harness.job import Job, Measured
from fitment.harness.probe import Machine, ProbedDevice
from fitment.harness.sweeps.bounds import Bounds
from fitment.harness.sweeps.grid import MAX_BATCH, Grid, Sweep
from fitment.harness.sweeps.interrupts import Interrupts
from fitment.harness.sweeps.ladder import CAP, climbed, next_batch, next_below
from fitment.harness.sweeps.plan import Run, make_plan
from fitment.harness.sweeps.sweep import Summary, run_sweep
from fitment.registry.records import Environment, Measurement
from fitment.registry.storage.store import Store
from hypothesis import given
from hypothesis import strategies as st

from tests.harness.jobs import HURRIED
from tests.harness.sweeps.test_sweep import CPU, SWEEP, Executor, Recorder, answered, rows
from tests.registry.empty_stores import empty_store

LADDER = replace(SWEEP, grids=(Grid(models=("resnet18",), batches=(MAX_BATCH,)),))


def run() -> Run:
    (only,) = make_plan(LADDER, Machine((CPU,))).runs
    return only


class Threshold:
    """Children that fit up to one batch, and can be measured in full up to another."""

    def __init__(self, bounds: Bounds, fits: int, runs: int) -> None:
        self.stopped = False
        self.tried: list[int] = []
        self.measured: list[int] = []
        self._bounds, self._fits, self._runs = bounds, fits, runs

    def try_fit(self, run: Run) -> Measurement:
        self.tried.append(run.cell.configuration.batch)
        if self.tried[-1] <= self._fits:
            self._bounds.note_fit(run)
            return self._ended(run, "ok")
        return self._noted(run, "oom_host")

    def make(self, run: Run) -> Measurement:
        self.measured.append(run.cell.configuration.batch)
        return self._noted(run, "ok" if self.measured[-1] <= self._runs else "oom_host")

    def _noted(self, run: Run, status: str) -> Measurement:
        self._bounds.note(run, status)
        return self._ended(run, status)

    def _ended(self, run: Run, status: str) -> Measurement:
        return Measurement(run.cell, run.env_id, status, "2026-01-01T00:00:00+00:00")


def batch_of(found: Run | None) -> int:
    assert found is not None
    return found.cell.configuration.batch


@given(limit=st.integers(0, 3 * CAP), start=st.integers(0, 300), above=st.none() | st.integers(1, 5_000))
def test_the_search_ends_at_the_limit(limit: int, start: int, above: int | None) -> None:
    """From any batch known to fit and any known not to, the largest that fits is found, each tried once.

    It takes at most two tries for each power of two: one to pass it and one to come back.
    """
    ok = min(start, limit)
    oom = None if above is None else limit + above
    tried = []
    while (batch := next_batch(ok, oom)) is not None:
        tried.append(batch)
        if batch <= limit:
            ok = batch
        else:
            oom = batch
    assert ok == (limit if oom is not None else min(max(limit, ok), CAP))
    assert len(set(tried)) == len(tried) <= 2 * CAP.bit_length() + 1


@given(fits=st.integers(0, 5_000), less=st.integers(0, 300))
def test_what_fits_but_does_not_run_is_searched_below(fits: int, less: int) -> None:
    """Where a full measurement needs more than a rung, the largest batch that runs is found all the same.

    The number of measurements grows with the logarithm of what is missing, and none is made twice.
    """
    runs = max(0, fits - less)
    bounds = Bounds()
    maker = Threshold(bounds, fits, runs)
    found = climbed(run(), bounds, maker)
    while batch_of(found) not in maker.measured:
        assert found is not None
        maker.make(found)
        found = climbed(run(), bounds, maker)
    assert batch_of(found) == max(runs, 1)
    assert len(set(maker.measured)) == len(maker.measured) <= 2 * (less + 2).bit_length() + 2


def test_below_a_relapse_the_steps_grow() -> None:
    """1, 2, 4 less at a time, but never below the middle; neighbours end it."""
    assert [next_below(0, 100, relapses) for relapses in (1, 2, 3, 9)] == [99, 98, 96, 50]
    assert next_below(98, 100, 1) == 99
    assert next_below(99, 100, 1) is None


# A sweep over scripted children


def children(fits: int, runs: int | None = None, **others: str) -> Callable[[Job], Measured]:
    """Children out of memory above ``fits`` (``runs`` in full); ``others``: b64="timeout"."""

    def answer(job: Job) -> Measured:
        batch = job.cell.configuration.batch
        limit = fits if job.profile == "fit" or runs is None else runs
        status = others.get(f"b{batch}", "ok" if batch <= limit else "oom_host")
        if job.profile != "fit" or status != "ok":
            return answered(job, status)
        return Measured(replace(answered(job).measurement, throughput=None), None)

    return answer


def laddered(*batches: int, invocations: int = 1) -> Sweep:
    grid = Grid(models=("resnet18",), batches=(*batches, MAX_BATCH))
    return replace(SWEEP, grids=(grid,), invocations=invocations)


def swept(
    store: Store, sweep: Sweep, execute: Executor, display: Recorder | None = None, *, again: bool = False
) -> Summary:
    plan = make_plan(sweep, Machine((CPU,)))
    with Interrupts() as interrupts:
        return run_sweep(sweep, plan, store, display or Recorder(), interrupts, execute=execute, again=again)


def stored(store: Store) -> dict[tuple[object, object], int]:
    """How many rows there are of each (batch, status)."""
    query = "SELECT batch, status, count(*) FROM performance_results GROUP BY ALL"
    return {(batch, status): int(str(count)) for batch, status, count in rows(store, query)}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return empty_store(tmp_path / "s.duckdb")


def test_the_batch_that_is_found_is_measured_as_any_other(store: Store) -> None:
    """Rungs that fit leave no row, those out of memory one each; the answer has every invocation."""
    execute, display = Executor(children(fits=21)), Recorder()
    summary = swept(store, laddered(1, 8, invocations=2), execute, display)
    rungs = [job.cell.configuration.batch for job in execute.jobs if job.profile == "fit"]
    assert rungs == [16, 32, 24, 20, 22, 21]
    assert stored(store) == {(b, "ok"): 2 for b in (1, 8, 21)} | {(b, "oom_host"): 1 for b in (32, 24, 22)}
    assert (dict(summary.statuses), summary.left) == ({"ok": 6, "oom_host": 3}, 0)
    assert rows(store, "SELECT DISTINCT flags, detail FROM performance_results WHERE batch = 21") == [
        ("", None)
    ]
    assert display.told[0] == "6 to run, 0 before"


def test_a_finished_ladder_runs_nothing_again(store: Store) -> None:
    """Found batch and bound are in the store: the same sweep starts no child, --again climbs anew."""
    swept(store, laddered(1, invocations=2), Executor(children(fits=5)))
    again = Executor(children(fits=5))
    summary = swept(store, laddered(1, invocations=2), again)
    assert (again.jobs, summary.earlier, summary.earlier_ok, summary.statuses) == ([], 4, 4, ())
    swept(store, laddered(1, invocations=2), again, again=True)
    assert [job.cell.configuration.batch for job in again.jobs if job.profile == "fit"] == [2, 4, 8, 6, 5]


def test_what_earlier_sweeps_know_starts_the_search(store: Store) -> None:
    """Batches that ran and one that did not, measured before by another sweep, are its first bounds."""
    fixed = replace(SWEEP, grids=(Grid(models=("resnet18",), batches=(16, 32)),))
    swept(store, fixed, Executor(children(fits=20)))
    execute = Executor(children(fits=20))
    swept(store, laddered(), execute)
    assert execute.batches == [24, 20, 22, 21, 20]


def test_F32_a_model_that_never_fits_is_out_of_memory_at_batch_1(store: Store) -> None:
    """The rung is the result: nothing smaller is left to be measured, now or later."""
    execute, display = Executor(children(fits=0)), Recorder()
    summary = swept(store, laddered(), execute, display)
    assert stored(store) == {(1, "oom_host"): 1}
    assert (summary.statuses, summary.left) == ((("oom_host", 1),), 0)
    assert display.told[-1] == "b1 dropped: measured above"
    assert swept(store, laddered(), execute).statuses == ()
    assert execute.batches == [1]


@pytest.mark.parametrize("status", ["timeout", "crashed", "model_error"])
def test_a_rung_that_fails_otherwise_ends_the_search(store: Store, status: str) -> None:
    """The failure is a row; the largest batch that fitted is measured, and says why it is not the limit."""
    execute = Executor(children(1000, b16=status))
    swept(store, laddered(), execute)
    assert stored(store) == {(16, status): 1, (8, "ok"): 1}
    assert rows(store, "SELECT flags, detail FROM performance_results WHERE batch = 8") == [
        ("not_the_limit", f"not the limit: batch 16 ended in {status}")
    ]


def test_a_ladder_that_leads_to_a_finished_run_counts_it(store: Store) -> None:
    """A rung that is tried again each time leads to the same batch: that one's result is of this plan."""
    execute = Executor(children(1000, b16="model_error"))
    swept(store, laddered(), execute)
    display = Recorder()
    again = swept(store, laddered(), execute, display)
    assert (again.statuses, again.earlier, again.earlier_ok, again.ok) == ((("model_error", 1),), 1, 1, 1)
    assert display.told[-1] == "b8 dropped: finished before"


def test_nothing_above_the_cap_is_tried(store: Store) -> None:
    """A model that fits at any batch ends at the cap, which is named."""
    swept(store, laddered(CAP // 2), Executor(children(fits=10 * CAP)))
    found = rows(store, f"SELECT flags, detail FROM performance_results WHERE batch = {CAP}")
    assert found == [("not_the_limit", "not the limit: batches above 1,048,576 are not tried")]


def test_a_batch_out_of_memory_in_full_is_a_bound(store: Store) -> None:
    """The search goes on below what fitted and did not run, and every invocation is made of what does."""
    summary = swept(store, laddered(invocations=2), Executor(children(fits=21, runs=18)))
    found = stored(store)
    assert found[18, "ok"] == 2
    assert {batch for batch, status in found if status == "oom_host"} >= {19, 20, 21, 22}
    assert summary.left == 0
    again = Executor()
    swept(store, laddered(invocations=2), again)
    assert again.jobs == []


def test_a_later_invocation_out_of_memory_lowers_the_batch(store: Store) -> None:
    """Near the limit a batch may run once and not twice: the next lower one then gets all its invocations."""

    def sometimes(job: Job) -> Measured:
        tight = job.cell.configuration.batch == 21 and job.invocation == 1
        return answered(job, "oom_host") if tight else children(fits=21)(job)

    execute, display = Executor(sometimes), Recorder()
    assert swept(store, laddered(invocations=3), execute, display).left == 0
    assert stored(store)[20, "ok"] == 3
    assert swept(store, laddered(invocations=3), Executor()).statuses == ()


def test_a_ladder_that_ends_at_a_measured_batch_adds_nothing(store: Store) -> None:
    """Where the largest batch that fits is in the sweep anyway, it is measured once and said so."""
    display = Recorder()
    swept(store, laddered(8), Executor(children(fits=8)), display)
    assert stored(store)[8, "ok"] == 1
    assert display.told[-1] == "b8 dropped: measured above"


def test_unsupported_series_have_no_ladder(store: Store) -> None:
    """What the probe rules out for every batch is stored once, without a search."""
    sweep = replace(SWEEP, grids=(Grid(models=("resnet18",), precisions=("fp16",), batches=(MAX_BATCH,)),))
    execute = Executor()
    swept(store, sweep, execute)
    assert (execute.jobs, stored(store)) == ([], {(1, "unsupported_precision"): 1})


def test_F05_an_interrupted_ladder_goes_on(store: Store) -> None:
    """After Ctrl-C in a rung no other starts, the run is left; the same sweep then finishes it."""

    def interrupted(job: Job) -> Measured:
        if job.cell.configuration.batch == 8:
            os.kill(os.getpid(), signal.SIGINT)
        return children(fits=5)(job)

    first = swept(store, laddered(), Executor(interrupted))
    assert (first.left, stored(store)) == (1, {(8, "oom_host"): 1})
    second = swept(store, laddered(), Executor(children(fits=5)))
    assert (second.left, second.ok) == (0, 1)
    assert stored(store) == {(8, "oom_host"): 1, (6, "oom_host"): 1, (5, "ok"): 1}


def test_F05_an_abandoned_rung_is_kept_as_cancelled(store: Store) -> None:
    """SIGTERM in a rung: the row says cancelled, which bounds nothing."""

    def ended(job: Job) -> Measured:
        os.kill(os.getpid(), signal.SIGTERM)
        pytest.fail("went on after SIGTERM")

    assert swept(store, laddered(), Executor(ended)).left == 1
    assert stored(store) == {(1, "cancelled"): 1}
    assert swept(store, laddered(), Executor(children(fits=2))).ok == 1


# Real children

PER_SAMPLE = """
import resource
import torch
from torch import nn

class Hungry(nn.Module):
    def forward(self, x):
        more = torch.empty(len(x) * 2**26)  # 256 MiB a sample, of address space
        return x * 2 + 0 * more[0].nan_to_num(0, 0, 0)

def limited(samples):
    pages = int(open("/proc/self/statm").read().split()[0])
    limit = pages * resource.getpagesize() + int(samples * 2**28)
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    return Hungry(), torch.ones(1, 4)

def five():
    return limited(5.5)

def none():
    return limited(0.5)
"""


class Interrupting(Recorder):
    """Sends Ctrl-C once so many rungs were told."""

    def __init__(self, after: int) -> None:
        super().__init__()
        self._after = after

    def finished(self, run: Run, measurement: Measurement, seconds: float | None) -> None:
        super().finished(run, measurement, seconds)
        if len([line for line in self.told if line.endswith(", child")]) == self._after:
            os.kill(os.getpid(), signal.SIGINT)


def really_swept(folder: Path, store: Store, factory: str, display: Recorder) -> Summary:
    (folder / "hungry.py").write_text(HURRIED + PER_SAMPLE)
    device = ProbedDevice("cpu", "cpu", "a cpu", Environment("cpu", "a cpu"), {"fp32": None}, {"eager": None})
    grid = Grid(models=(f"module:hungry:{factory}",), batches=(MAX_BATCH,), threads=(1,))
    sweep = Sweep("a", "quick", 0, 1, (grid,), (), "the text")
    with Interrupts() as interrupts:
        return run_sweep(
            sweep, make_plan(sweep, Machine((device,))), store, display, interrupts, import_path=[str(folder)]
        )


def test_real_children_find_the_batch_that_fits(tmp_path: Path, store: Store) -> None:
    """A model that needs 256 MiB a sample, in room for 5.5 of them, is measured at batch 5.

    The sweep is interrupted after two rungs and goes on; what fits is exactly what the limit says.
    """
    first = really_swept(tmp_path, store, "five", Interrupting(after=2))
    assert (first.left, first.statuses) == (1, ())
    display = Recorder()
    second = really_swept(tmp_path, store, "five", display)
    assert (second.left, second.ok) == (0, 1), display.told
    assert stored(store) == {(8, "oom_host"): 1, (6, "oom_host"): 1, (5, "ok"): 1}
    assert really_swept(tmp_path, store, "five", Recorder()).earlier_ok == 1


def test_F32_a_real_child_that_never_fits(tmp_path: Path, store: Store) -> None:
    """Room for half a sample: batch 1 is out of memory, which is the answer."""
    assert really_swept(tmp_path, store, "none", Recorder()).statuses == (("oom_host", 1),)
    assert stored(store) == {(1, "oom_host"): 1}
