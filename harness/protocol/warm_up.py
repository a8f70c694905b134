"""Step 2: steps that are run and not counted, until they have become alike."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .bench import Bench

BURN_IN_STEPS = 3
BURN_IN_S = 0.25
LOOKS = (40, 60, 90, 135, 200, 300)
LOOKS_SLOW = (9, 15, 24)
SLOW_SHARE = 0.25  # slow: 40 readings would take more than this share of the cap
DRIFT = 0.02
STANDARD_ERROR = 0.01
CLOCK_DRIFT = 0.03


@dataclass(frozen=True, slots=True)
class WarmUp:
    """How the warm-up went. ``steady`` is None where it was cut before it could be judged."""

    steps: int
    steady: bool | None
    step_s: float  # median of the last third, seconds per step


def warm_up_pass(bench: Bench) -> float:
    """The seconds that a step takes once warm, roughly."""
    bench.draft.enter("warm_up")
    gpu = bench.gpu
    warm = warm_up(
        bench.watch.seconds_per_step,
        cap_s=bench.profile.warm_up_cap_s,
        steps_per_reading=bench.watch.steps_per_sample,
        clock_hz=gpu.sm_clock_hz if gpu else lambda: None,
        beside_s=lambda: bench.watch.flushing_s,
    )
    bench.draft.note(warmup_steps=warm.steps, steady=warm.steady)
    if not warm.steady:
        bench.draft.flag("short_warm_up" if warm.steady is None else "not_steady")
    return warm.step_s


def warm_up(
    time_steps: Callable[[int], float],
    *,
    cap_s: float,
    steps_per_reading: Callable[[float], int],
    clock_hz: Callable[[], float | None],
    beside_s: Callable[[], float] = lambda: 0.0,
) -> WarmUp:
    """Runs steps until they are steady, or the cap.

    ``time_steps(k)`` runs k steps and returns the seconds per step; ``steps_per_reading(step_s)`` says how
    many steps to time together; ``clock_hz`` is the device's clock now, None where there is none to read;
    ``beside_s``: seconds so far that went into more than the steps (flushing), which count as well.
    """
    burnt, spent = _burn_in(time_steps, cap_s, beside_s)
    burnt_s = _recent_median(burnt)  # of several steps: one that was held up must not set the pace
    together = steps_per_reading(burnt_s)
    looks = LOOKS_SLOW if LOOKS[0] * together * burnt_s > SLOW_SHARE * cap_s else LOOKS
    readings: list[float] = []
    steady: bool | None = None
    clock = clock_hz()
    for look in looks:
        while len(readings) < look and spent < cap_s:
            before_s = beside_s()
            readings.append(time_steps(together))
            spent += readings[-1] * together + beside_s() - before_s
        at_cap = spent >= cap_s or look == looks[-1]
        clock, before = clock_hz(), clock
        steady = is_steady(np.array(readings), at_cap=at_cap) if len(readings) >= LOOKS_SLOW[0] else None
        steady = steady and (at_cap or _clock_is_steady(before, clock))
        if steady or at_cap:
            break
    return WarmUp(len(burnt) + together * len(readings), steady, _recent_median(readings or burnt))


def is_steady(readings: NDArray[np.float64], *, at_cap: bool) -> bool:
    """Whether the middle third and the last third of the readings have the same median.

    The same: within 2 %, with a standard error of at most 1 %; at the cap within 2 % or two standard errors.
    """
    width = len(readings) // 3
    middle, last = readings[-2 * width : -width], readings[-width:]
    base = float(np.median(middle))
    drift = abs(float(np.median(last)) - base) / base
    error = 1.2533 * 1.4826 * math.sqrt((_mad(middle) ** 2 + _mad(last) ** 2) / width) / base
    if at_cap:
        return drift <= max(DRIFT, 2 * error)
    return drift <= DRIFT and error <= STANDARD_ERROR


def _burn_in(
    time_steps: Callable[[int], float], cap_s: float, beside_s: Callable[[], float]
) -> tuple[list[float], float]:
    """Seconds of each of the first steps, and all that was spent: at least 3 steps and 0.25 s, unless the cap
    cuts them.
    """
    burnt: list[float] = []
    spent = 0.0
    while not burnt or (spent < cap_s and (len(burnt) < BURN_IN_STEPS or spent < BURN_IN_S)):
        before_s = beside_s()
        burnt.append(time_steps(1))
        spent += burnt[-1] + beside_s() - before_s
    return burnt, spent


def _recent_median(readings: list[float]) -> float:
    """The median of the last third."""
    return float(np.median(readings[-max(1, len(readings) // 3) :]))


def _mad(values: NDArray[np.float64]) -> float:
    return float(np.median(np.abs(values - np.median(values))))


def _clock_is_steady(before: float | None, now: float | None) -> bool:
    if before is None or now is None:
        return True
    return abs(now - before) <= CLOCK_DRIFT * before
