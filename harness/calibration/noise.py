"""A/A noise: how much two measurements of one thing differ on this machine, where nothing differs."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ...registry.records import OK, Cell, Configuration
from ..executors import process
from ..job import Job, Measured
from ..models.sources import resolve
from ..probe import ProbedDevice

PROCESSES = 5
MODEL = "mlp-784-512-512-10"
BATCH = 32
DEADLINE_S = 120.0


@dataclass(frozen=True, slots=True)
class Noise:
    """``sd``: of ln of the processes' medians, None from fewer than two; ``detail``: why any is missing."""

    sd: float | None
    processes: int
    detail: str | None = None


def noise(device: ProbedDevice, execute: Callable[[Job], Measured] = process.run) -> Noise:
    """The noise over fresh processes that measure one small model, each as a quick sweep would."""
    done = [execute(_job(device, number)).measurement for number in range(PROCESSES)]
    medians = [each.latency_p50_s for each in done if each.status == OK and each.latency_p50_s]
    failed = next((f"{each.status}: {each.detail}" for each in done if each.status != OK), None)
    return Noise(spread(medians), len(medians), failed)


def spread(medians: Sequence[float]) -> float | None:
    """The standard deviation of ln: near 0 it is the relative one, and it knows no unit."""
    return statistics.stdev(map(math.log, medians)) if len(medians) > 1 else None


def _job(device: ProbedDevice, number: int) -> Job:
    reference = resolve(MODEL)
    cell = Cell(
        model=reference.name,
        model_source=reference.source,
        model_version="",
        scenario="forward",
        device_kind=device.kind,
        hardware=device.hardware,
        input_shape=reference.input_shape,
        configuration=Configuration(BATCH, "fp32", "eager"),
    )
    return Job(cell, device.name, device.environment.id, None, number, "quick", DEADLINE_S)
