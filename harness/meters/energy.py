"""Joules per unit of work from a counter, with sampled power as a second opinion; None is "not measured"."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from . import power, rapl
from .gpu import Gpu
from .stopwatch import Stopwatch

LEAST_S = 3.0
LEAST_PERIODS = 30  # of the counter: what it lags behind at either end is then at most 1/30 of the figure
IDLE_S = 1.0
DISAGREEMENT = 0.10
_RETRY_S = 0.001
_LONGEST_PERIOD_S = 1.0  # NVML's counters move every 20 to 100 ms, RAPL's every one
_WARM_S = 0.25
_MARGIN = 1.05  # steps may get faster than those that were timed


@dataclass(frozen=True, slots=True)
class Counter:
    """A source of energy figures: joules so far, of which only differences mean anything."""

    source: str  # "nvml" | "rapl"
    read: Callable[[], float | None]


@dataclass(frozen=True, slots=True)
class Energy:
    """The energy columns of a Measurement, and its flags."""

    fields: dict[str, float | str | None]
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Window:
    """What was read while ``steps`` steps ran for ``seconds``."""

    seconds: float
    steps: int
    joules: float | None
    sampled_w: float | None
    sampler_cpu_s: float | None


def counter_for(gpu: Gpu | None, device_kind: str) -> Counter | None:
    """The device's energy counter, or None where it has none that can be read.

    A MIG slice has none: NVML counts the whole GPU's energy, whoever works on it.
    """
    if device_kind == "cpu":
        return Counter("rapl", rapl.total()) if rapl.read() else None
    return None if gpu is None or gpu.energy_j() is None else Counter("nvml", gpu.energy_j)


def measure_energy(
    watch: Stopwatch, counter: Counter, step_s: float, batch: int, gpu: Gpu | None = None
) -> Energy:
    """What a unit of work takes, over at least 3 s and 30 periods of the counter, idling before."""
    period_s = counter_period_s(counter)
    if period_s is None:
        return Energy({"energy_source": None}, ("energy_invalid",))
    idle_w = idle_power_w(counter)
    window = _watched(watch, counter, max(LEAST_S, LEAST_PERIODS * period_s), step_s, gpu)
    return judged(window, counter.source, idle_w, batch)


def judged(window: Window, source: str, idle_w: float | None, batch: int) -> Energy:
    """The figures of a window. A counter that stood still or ran backwards gives None, never 0."""
    sampling = {"integrated_power_w": window.sampled_w, "sampler_cpu_s": window.sampler_cpu_s}
    nothing = {"energy_per_unit_j": None, "mean_power_w": None, "idle_power_w": idle_w, "energy_source": None}
    if window.joules is None:
        return Energy({**nothing, **sampling})
    if window.joules <= 0:
        return Energy({**nothing, **sampling}, ("energy_invalid",))
    mean_w = window.joules / window.seconds
    found = {
        "energy_per_unit_j": window.joules / (window.steps * batch),
        "mean_power_w": mean_w,
        "idle_power_w": idle_w,
        "energy_source": source,
    }
    differ = window.sampled_w is not None and abs(window.sampled_w - mean_w) > DISAGREEMENT * mean_w
    return Energy({**found, **sampling}, ("energy_disagrees",) if differ else ())


def counter_period_s(counter: Counter) -> float | None:
    """The time between two changes of the counter; None where it doesn't change, or can't be read."""
    first, second = _change(counter), _change(counter)
    return None if first is None or second is None else second[0] - first[0]


def idle_power_w(counter: Counter) -> float | None:
    """Watts while nothing runs, from one change of the counter to another; None where it fails."""
    before = _change(counter)
    time.sleep(IDLE_S)
    after = _change(counter)
    if before is None or after is None or after[1] <= before[1]:
        return None
    return (after[1] - before[1]) / (after[0] - before[0])


def _watched(watch: Stopwatch, counter: Counter, window_s: float, step_s: float, gpu: Gpu | None) -> Window:
    """The device works all through, synchronised at the ends only.

    It works before as well: the counter lags, and what it still owes at the start it owes at the end.
    """
    warm_s = watch.seconds_per_step(max(1, math.ceil(_WARM_S / step_s)))
    steps = max(1, math.ceil(_MARGIN * window_s / warm_s))
    if gpu is None:
        joules, seconds = _spent(watch, counter, steps)
        return Window(seconds, steps, joules, None, None)
    with power.watched(gpu) as sampler:
        started = time.perf_counter()
        joules, seconds = _spent(watch, counter, steps)
    sampled = power.mean_power_w(sampler.readings, started + power.AVERAGED_S)
    return Window(seconds, steps, joules, sampled, sampler.cpu_s)


def _spent(watch: Stopwatch, counter: Counter, steps: int) -> tuple[float | None, float]:
    """Joules and seconds of the steps."""
    before = counter.read()
    seconds = watch.seconds_per_step(steps) * steps
    after = counter.read()
    return (None if before is None or after is None else after - before), seconds


def _change(counter: Counter) -> tuple[float, float] | None:
    """When the counter next changes, and to what; None where it doesn't within its longest period."""
    now = was = counter.read()
    until = time.perf_counter() + _LONGEST_PERIOD_S
    late = False
    while now == was:
        if now is None or late:
            return None
        late = time.perf_counter() >= until
        time.sleep(_RETRY_S)
        now = counter.read()
    return None if now is None else (time.perf_counter(), now)
