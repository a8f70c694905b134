"""Executors that answer without a child, for tests of what a sweep makes of the answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from fitment.harness.job import Job, Measured
from fitment.registry.records import Measurement


def answered(job: Job, status: str = "ok", *, hangs: bool = False, **fields: Any) -> Measured:
    """What an executor would say of the job."""
    measurement = Measurement(
        cell=job.cell,
        env_id=job.env_id,
        status=status,
        recorded_at="2026-01-01T00:00:00+00:00",
        sweep_id=job.sweep_id,
        invocation=job.invocation,
        throughput=100.0 if status == "ok" else None,
    )
    return Measured(replace(measurement, **fields), None, hangs=hangs)


class Answers:
    """An executor that gives these answers in order, and then none."""

    def __init__(self, *answers: dict[str, Any] | Callable[[Job], Measured]) -> None:
        self._answers = list(answers)
        self.jobs: list[Job] = []

    def __call__(self, job: Job) -> Measured:
        self.jobs.append(job)
        answer = self._answers.pop(0)
        return answer(job) if callable(answer) else answered(job, **answer)


class Rest:
    """A cool-down that takes no time and remembers what it was asked for."""

    def __init__(self, *, again: bool = True) -> None:
        self.asked: list[tuple[float, str]] = []
        self._again = again

    def __call__(self, seconds: float, trouble: str) -> bool:
        self.asked.append((seconds, trouble))
        return self._again
