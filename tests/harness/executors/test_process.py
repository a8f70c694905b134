"""fitment.harness.executors.process: what a child's ending means, and a real cell from end to end."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import numpy as np
import pytest
from fitment.harness.channel import Received
from fitment.harness.compilers import inductor
from fitment.harness.devices import cpu
from fitment.harness.executors.child import Ending
from fitment.harness.executors.process import outcome_fields, run, worker_environ
from fitment.registry.records import STATUSES

from tests.harness.jobs import make_job, module_job


def ending(
    returncode: int | None = 0,
    *,
    stage: str | None = "latency",
    body: dict[str, object] | None = None,
    timed_out: bool = False,
    oom_killed: bool = False,
) -> Ending:
    """How a child ended."""
    return Ending(Received(stage, body), returncode, timed_out, oom_killed, "last words")


@pytest.mark.parametrize(
    ("found", "status", "detail"),
    [
        (ending(-9), "crashed", "killed by SIGKILL"),
        (ending(-11), "crashed", "killed by SIGSEGV"),
        (ending(-signal.SIGRTMIN - 1), "crashed", f"killed by signal {signal.SIGRTMIN + 1}"),
        (ending(-9, oom_killed=True), "oom_host", "killed by the kernel"),
        (ending(-11, oom_killed=True), "crashed", "killed by SIGSEGV"),
        (ending(-15, timed_out=True), "timeout", "no result within 5 s"),
        (ending(-9, timed_out=True, oom_killed=True), "timeout", "no result within 5 s"),
        (ending(None, timed_out=True), "device_fault", "does not die of SIGKILL"),
        (ending(1, stage=None), "harness_error", "exit code 1 before it loaded the model"),
        (ending(1, stage="import"), "harness_error", "exit code 1 before it loaded the model"),
        (ending(0, stage="load"), "model_error", "ended the process with exit code 0"),
    ],
)
def test_child_without_an_answer(found: Ending, status: str, detail: str) -> None:
    """An ending without a result is classified by what the parent saw, with its stage and last words."""
    fields = outcome_fields(found, 5.0)
    assert fields["status"] == status
    assert status in STATUSES
    assert detail in fields["detail"]
    assert (fields["stage"], fields["stderr_tail"]) == (found.received.stage, "last words")


def test_answer_of_a_failed_cell_keeps_its_traces() -> None:
    """What the worker says stands; exit code and stderr come from the parent."""
    fields = outcome_fields(ending(1, body={"status": "oom_device", "stage": "load", "flags": ""}), 5.0)
    assert (fields["status"], fields["exit_code"], fields["signal"]) == ("oom_device", 1, None)
    assert fields["stderr_tail"] == "last words"


def test_answer_of_a_sound_cell_has_no_traces() -> None:
    """Warnings on stderr are no part of a good result."""
    body = {"status": "ok", "flags": "noisy", "throughput": 2.0}
    assert outcome_fields(ending(0, body=body), 5.0) == body


@pytest.mark.parametrize("returncode", [-9, -15, 1])
def test_death_after_the_answer_only_costs_what_was_optional(returncode: int) -> None:
    """A child that dies in the comparison at the end keeps its measurement, flagged with what is missing."""
    body = {"status": "ok", "flags": "noisy"}
    fields = outcome_fields(ending(returncode, stage="reference", body=body, timed_out=True), 5.0)
    assert fields == {"status": "ok", "flags": "noisy,no_reference"}


def test_threads_of_the_cell_are_in_its_environment() -> None:
    """A number of threads is set for OpenMP and MKL; 0 leaves both as they are."""
    assert worker_environ(make_job(threads=3))["OMP_NUM_THREADS"] == "3"
    assert worker_environ(make_job(threads=3))["MKL_NUM_THREADS"] == "3"
    assert worker_environ(make_job(), {"PATH": "/bin"}) == {"PATH": "/bin"}


@pytest.mark.parametrize("pinning", ["close", "spread"])
def test_binding_is_asked_of_openmp(pinning: str) -> None:
    """Threads are bound to whole cores, in OpenMP's words; ours does not mix with the user's own."""
    environ = worker_environ(make_job(pinning=pinning), {"GOMP_CPU_AFFINITY": "0", "OMP_PLACES": "threads"})
    assert environ == {"OMP_PROC_BIND": pinning, "OMP_PLACES": "cores"}


def test_a_cell_that_is_not_bound_inherits_no_binding() -> None:
    """What the store calls "none" is none, whatever the user's shell says."""
    assert worker_environ(make_job(), {"OMP_PROC_BIND": "close", "OMP_PLACES": "cores"}) == {}


SAYS_WHERE_IT_RUNS = """
class Own(nn.Module):
    def forward(self, x):
        torch.ones(2**22).add(1).sum()  # large enough for a thread on each core
        masks = [os.sched_getaffinity(int(task)) for task in os.listdir("/proc/self/task")]
        assert torch.get_num_threads() == {threads}, torch.get_num_threads()
        held = sum(len(mask) < {cpus} for mask in masks)
        assert held >= {threads} if {bound} else held == 0, masks
        assert len(set(map(frozenset, masks))) >= {threads} or not {bound}, masks
        return x * 2

def make():
    return Own(), X
"""


@pytest.mark.skipif(cpu.physical_cores() < 2, reason="one core: a thread has nowhere else to run")
@pytest.mark.parametrize(("threads", "pinning"), [(2, "none"), (1, "close"), (2, "close"), (2, "spread")])
def test_threads_are_as_many_and_as_bound_as_the_cell_says(
    tmp_path: Path, threads: int, pinning: str
) -> None:
    """In a real worker: torch computes with that many threads, and each bound one has a core of its own."""
    cpus = len(os.sched_getaffinity(0))
    code = SAYS_WHERE_IT_RUNS.format(threads=threads, bound=pinning != "none", cpus=cpus)
    found = run(module_job(tmp_path, code, threads=threads, pinning=pinning, profile="fit")).measurement
    assert (found.status, found.detail) == ("ok", None), found.stderr_tail


SAYS_WHAT_IS_LOADED = """
class Own(nn.Module):
    def forward(self, x):
        loaded = {name.partition('.')[0] for name in sys.modules}
        assert not loaded & {'duckdb', 'pyarrow', 'numba', 'rich', 'pandas'}, loaded
        assert torch.get_num_threads() == 1
        return x * 2

def make():
    return Own(), X
"""


def test_a_cell_from_end_to_end(tmp_path: Path) -> None:
    """A user's model, batch 4 on one thread: every figure is there, sound, and of the right size.

    The worker that measured it had loaded neither DuckDB, Arrow, Numba nor rich.
    """
    measured = run(module_job(tmp_path, SAYS_WHAT_IS_LOADED, batch=4, threads=1))
    found = measured.measurement
    assert (found.status, found.stage, found.detail) == ("ok", None, None)
    assert (found.cell.model, found.sweep_id, found.env_id) == ("own_model:make", "sweep", "0" * 16)
    assert measured.samples is not None
    assert found.n_samples == len(measured.samples) >= 8
    assert found.latency_p50_s == pytest.approx(float(np.median(measured.samples)))
    assert found.throughput is not None
    assert found.throughput > 0
    assert (found.throughput_unit, found.provenance) == ("samples/s", "measured")
    assert found.peak_memory_bytes is not None
    assert 2**26 < found.peak_memory_bytes < 2**33
    assert (found.memory_scope, found.parameters) == ("rss", 0)
    assert found.import_s is not None
    assert found.first_call_s is not None
    assert found.compile_s is None
    assert found.energy_per_unit_j is None


COMPILED = """
class Own(nn.Module):
    def forward(self, x):
        return torch.relu(x * 2 + 1).sum(1)

def make():
    return Own(), X
"""


@pytest.mark.skipif(inductor.unavailable("cpu") is not None, reason="inductor has no C++ compiler here")
@pytest.mark.usefixtures("inductor_in_children")
def test_a_compiled_cell(tmp_path: Path) -> None:
    """What compiling cost stands apart, code from the cache is flagged, and the output is compared."""
    job = module_job(tmp_path, COMPILED, hurried=True, compile_mode="inductor")
    first, again = run(job).measurement, run(job).measurement
    for found in (first, again):
        assert found.status == "ok", found.stderr_tail
        assert found.compile_s is not None
        assert found.first_call_s is not None
        assert 0 < found.compile_s < found.first_call_s
        assert found.relative_l2 == 0
    assert "compile_cached" not in first.flags
    assert "compile_cached" in again.flags
