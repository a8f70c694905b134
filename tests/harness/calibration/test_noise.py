from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fitment.harness.calibration.noise import PROCESSES, noise, spread
from fitment.harness.executors import process
from fitment.harness.job import Job, Measured
from fitment.harness.probe import ProbedDevice
from fitment.registry.records import Environment, Measurement

CPU = ProbedDevice("cpu", "cpu", "a cpu", Environment(device_kind="cpu", hardware="a cpu"), {}, {})


def answering(*answers: float | str) -> Callable[[Job], Measured]:
    """Gives these medians (seconds), or statuses, one after another."""
    given = iter(answers)

    def execute(job: Job) -> Measured:
        answer = next(given)
        ok = isinstance(answer, float)
        measurement = Measurement(
            job.cell,
            job.env_id,
            "ok" if ok else str(answer),
            "2026-01-01T00:00:00+00:00",
            detail=None if ok else "why",
            latency_p50_s=answer if isinstance(answer, float) else None,
        )
        return Measured(measurement, None)

    return execute


def test_noise_is_the_relative_difference_between_processes() -> None:
    """The standard deviation of the logarithms, over all processes."""
    found = noise(CPU, answering(*(0.01 * math.exp(x) for x in (-0.02, -0.01, 0.0, 0.01, 0.02))))
    assert found.sd == pytest.approx(math.sqrt(0.001 / 4))
    assert (found.processes, found.detail) == (PROCESSES, None)


def test_the_unit_does_not_matter() -> None:
    """Seconds or hours: the same noise."""
    assert spread([1.0, 1.1, 0.9]) == pytest.approx(spread([3600, 3960, 3240]))


def test_failed_processes_are_left_out_and_named() -> None:
    """The others still tell of the noise; fewer than two tell nothing, which is not 0."""
    found = noise(CPU, answering(0.01, "crashed", 0.01, 0.01, 0.01))
    assert (found.sd, found.processes, found.detail) == (0.0, 4, "crashed: why")
    assert noise(CPU, answering(0.01, *["timeout"] * 4)).sd is None


def test_the_workload_runs_here(tmp_path: Path) -> None:
    """The fixed workload is a cell that a real worker takes as any other."""
    jobs: list[Job] = []
    noise(CPU, lambda job: jobs.append(job) or answering(0.01)(job))
    assert [job.invocation for job in jobs] == list(range(PROCESSES))
    assert len({job.cell.key for job in jobs}) == 1
    assert process.run(replace(jobs[0], profile="fit")).measurement.status == "ok"
