"""How often a run is tried: what may be the machine's passing trouble gets another chance."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from ...registry.records import Measurement
from ..job import Job, Measured
from .interrupts import Abandoned, Interrupts

ONCE_MORE = frozenset({"oom_device", "crashed"})  # docs/measurement.md §4: retried in a fresh process

Execute = Callable[[Job], Measured]


def attended(job: Job, interrupts: Interrupts, execute: Execute) -> tuple[Measured, float]:
    """What the job came to, and the seconds that it took; "cancelled" where a signal cut it off."""
    started = time.monotonic()
    try:
        with interrupts.abandonable():
            measured = tried(job, execute)
    except Abandoned as abandoned:
        measured = without_child(job, "cancelled", f"abandoned on signal {abandoned.signum}")
    return measured, time.monotonic() - started


def tried(job: Job, execute: Execute) -> Measured:
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


def without_child(job: Job, status: str, detail: str) -> Measured:
    """The outcome of a job for which no child ran."""
    measurement = Measurement(
        cell=job.cell,
        env_id=job.env_id,
        status=status,
        recorded_at=now(),
        sweep_id=job.sweep_id,
        invocation=job.invocation,
        detail=detail,
    )
    return Measured(measurement, None)


def _story(measurement: Measurement) -> str:
    signal = f" (signal {measurement.signal})" if measurement.signal else ""
    stage = f" in {measurement.stage}" if measurement.stage else ""
    return f"{measurement.status}{stage}{signal}"


def now() -> str:
    """The time, UTC, ISO 8601."""
    return datetime.now(UTC).isoformat()
