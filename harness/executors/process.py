"""Runs a job in a fresh child process on this machine, and says what came of it."""

from __future__ import annotations

import os
import signal
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from ...registry.records import Measurement
from ..job import Job, Measured, job_to_request
from .child import Ending, run_child

WORKER = "fitment.harness.worker"
# What binds threads to cores, by OpenMP's own names and two of its implementations'
BINDING = frozenset({"OMP_PROC_BIND", "OMP_PLACES", "GOMP_CPU_AFFINITY", "KMP_AFFINITY"})
# The stages before any code of the model has run: what goes wrong there is the harness's.
OUR_STAGES = frozenset({None, "import", "preflight"})


def run(job: Job) -> Measured:
    """What the job came to, whatever became of the child: a failure is a Measurement with its reason.

    Whatever is raised in the caller meanwhile (by a signal handler) kills the child and what it started,
    and is passed on: that is how a running cell is abandoned.
    """
    ending = run_child(WORKER, job_to_request(job), deadline_s=job.deadline_s, environ=worker_environ(job))
    measurement = Measurement(
        cell=job.cell,
        env_id=job.env_id,
        recorded_at=datetime.now(UTC).isoformat(),
        sweep_id=job.sweep_id,
        invocation=job.invocation,
        **outcome_fields(ending, job.deadline_s),
    )
    return Measured(measurement, ending.received.samples, hangs=not ending.gone)


def worker_environ(job: Job, environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The child's environment: ours, with the cell's number of threads where it names one, and its binding.

    OpenMP reads both when it is loaded. A binding of ours is left out: a cell that says "none" has none.
    Source: OpenMP API 5.2, §21.1.6 OMP_PLACES and §21.1.7 OMP_PROC_BIND.
    """
    threads, pinning = job.cell.configuration.threads, job.cell.configuration.pinning
    inherited = {name: value for name, value in environ.items() if name not in BINDING}
    fixed = {"OMP_NUM_THREADS": str(threads), "MKL_NUM_THREADS": str(threads)} if threads else {}
    bound = {"OMP_PROC_BIND": pinning, "OMP_PLACES": "cores"} if pinning != "none" else {}
    return {**inherited, **fixed, **bound}


def outcome_fields(ending: Ending, deadline_s: float) -> dict[str, Any]:
    """The fields of a Measurement that tell how the child ended: its own answer, or what we saw of it."""
    stage = ending.received.stage
    if ending.received.body is not None:
        fields = dict(ending.received.body)
        if fields.get("stage") is not None:
            fields |= _traces(ending)
        elif ending.returncode != 0:  # it died after its answer stood, over something optional
            fields["flags"] = ",".join(filter(None, (fields["flags"], f"no_{stage}")))
        return fields
    status, detail = _unanswered(ending, deadline_s)
    return {"status": status, "detail": detail, "stage": stage, **_traces(ending)}


def _unanswered(ending: Ending, deadline_s: float) -> tuple[str, str]:
    """Status and detail of a child that ended without an answer."""
    code = ending.returncode
    if code is None:
        return "device_fault", "the process does not die of SIGKILL: it hangs in the kernel"
    if ending.timed_out:
        return "timeout", f"no result within {deadline_s:g} s"
    if code == -signal.SIGKILL and ending.oom_killed:
        return "oom_host", "killed by the kernel: the machine or its control group ran out of memory"
    if code < 0:
        return "crashed", f"killed by {_signal_name(-code)}"
    if ending.received.stage in OUR_STAGES:
        return "harness_error", f"the worker ended with exit code {code} before it loaded the model"
    return "model_error", f"the model's code ended the process with exit code {code}"


def _traces(ending: Ending) -> dict[str, Any]:
    code = ending.returncode
    return {
        "exit_code": code if code is not None and code >= 0 else None,
        "signal": -code if code is not None and code < 0 else None,
        "stderr_tail": ending.stderr_tail or None,
    }


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:  # real-time signals have no names
        return f"signal {number}"
