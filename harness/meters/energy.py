"""The energy pass: joules per unit of work, from a counter; nothing where there is no counter."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from . import nvml, rapl
from .stopwatch import Stopwatch

LEAST_S = 3.0  # counters are updated every 20 to 100 ms: 30 periods
IDLE_S = 1.0

Elapsed = Callable[[], float | None]  # joules since it was made


@dataclass(frozen=True, slots=True)
class Counter:
    """A source of energy figures. ``start()`` returns a function: joules spent since then, or None."""

    source: str  # "nvml" | "rapl"
    start: Callable[[], Elapsed]


def counter_for(gpu: nvml.Gpu | None, device_kind: str) -> Counter | None:
    """The device's energy counter, or None where it has none that can be read."""
    if device_kind == "cpu":
        return Counter("rapl", _start_rapl) if rapl.read() else None
    if gpu is None or gpu.energy_j() is None:
        return None
    return Counter("nvml", lambda: _start_nvml(gpu))


def measure_energy(
    watch: Stopwatch, counter: Counter, step_s: float, batch: int
) -> dict[str, float | str | None]:
    """The energy columns of a Measurement. A counter that fails or runs backwards gives None, never 0."""
    idle = counter.start()
    time.sleep(IDLE_S)
    idle_j = _sound(idle())
    steps = max(1, round(LEAST_S / step_s))
    busy = counter.start()
    seconds = watch.seconds_per_step(steps) * steps
    busy_j = _sound(busy())
    return {
        "energy_per_unit_j": busy_j and busy_j / (steps * batch),
        "mean_power_w": busy_j and busy_j / seconds,
        "idle_power_w": idle_j and idle_j / IDLE_S,
        "energy_source": counter.source if busy_j else None,
    }


def _sound(joules: float | None) -> float | None:
    return joules if joules is not None and joules > 0 else None


def _start_rapl() -> Elapsed:
    before = rapl.read()

    def elapsed() -> float | None:
        now = rapl.read()
        return None if before is None or now is None else now.since(before)

    return elapsed


def _start_nvml(gpu: nvml.Gpu) -> Elapsed:
    before = gpu.energy_j()

    def elapsed() -> float | None:
        now = gpu.energy_j()
        return None if before is None or now is None else now - before

    return elapsed
