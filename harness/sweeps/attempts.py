"""How often a run is tried: what may be the machine's passing trouble gets another chance."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from ...registry.records import OK, Measurement
from ..job import Job, Measured
from .interrupts import Abandoned, Interrupts


@dataclass(frozen=True, slots=True)
class Retry:
    """What follows a try that ended so: at most ``times`` more, each in a fresh process."""

    times: int
    cool_down_s: float = 0.0  # before each


# docs/measurement.md §4: by outcome, and below by the flag that spoils one
RETRIES = {
    "oom_device": Retry(1),
    "crashed": Retry(1),
    "device_fault": Retry(2, cool_down_s=30.0),
    "device_busy": Retry(2, cool_down_s=30.0),
    "device_dirty": Retry(2, cool_down_s=30.0),
    "suspended": Retry(1),
    "env_changed": Retry(1),
    "throttled": Retry(1, cool_down_s=60.0),  # by heat; what was measured stands if there is no time
}
_SPOILS = ("suspended", "env_changed")
_ORDINALS = ("first", "second")  # as many as there are retries at most

Execute = Callable[[Job], Measured]
CoolDown = Callable[[float, str], bool]  # seconds, why → whether to try again: no signal came meanwhile


def attended(
    job: Job, interrupts: Interrupts, execute: Execute, cool_down: CoolDown
) -> tuple[Measured, float]:
    """What the job came to, and the seconds that it took; "cancelled" where a signal cut it off."""
    started = time.monotonic()
    try:
        with interrupts.abandonable():
            measured = tried(job, execute, cool_down)
    except Abandoned as abandoned:
        measured = without_child(job, "cancelled", f"abandoned on signal {abandoned.signum}")
    return measured, time.monotonic() - started


def tried(job: Job, execute: Execute, cool_down: CoolDown) -> Measured:
    """What the job came to after as many tries as its troubles are worth; the earlier tries are named."""
    started = time.monotonic()
    measured = execute(job)
    stories: list[str] = []
    while trouble := _worth_another(measured.measurement, len(stories)):
        spent_s = time.monotonic() - started
        if not _rested(job, trouble, spent_s, cool_down):
            break
        stories.append(f"{_ORDINALS[len(stories)]} try: {_story(measured.measurement, trouble)}")
        again = execute(job)
        if trouble == "throttled" and again.measurement.status != OK:
            break  # a warm result is worth more than none
        measured = again
    return _telling(measured, stories) if stories else measured


def _worth_another(measurement: Measurement, retries: int) -> str | None:
    """The key of RETRIES that this ending falls under, if it grants more than were made."""
    trouble = _trouble(measurement)
    return trouble if trouble and retries < RETRIES[trouble].times else None


def _trouble(measurement: Measurement) -> str | None:
    flags = measurement.flags.split(",")
    if spoilt := next((flag for flag in _SPOILS if flag in flags), None):
        return spoilt
    if measurement.status in RETRIES:
        return measurement.status
    too_hot = "throttled" in flags and "thermal" in (measurement.throttle_reasons or "")
    return "throttled" if too_hot and measurement.status == OK else None


def _rested(job: Job, trouble: str, spent_s: float, cool_down: CoolDown) -> bool:
    """Whether the machine has rested as long as the trouble asks for, and another try is to be made."""
    rest_s = RETRIES[trouble].cool_down_s
    if trouble == "throttled" and 2 * spent_s + rest_s > job.deadline_s:
        return False
    return not rest_s or cool_down(rest_s, trouble)


def _telling(measured: Measured, stories: list[str]) -> Measured:
    """The last try, with a word on those before it."""
    last = measured.measurement
    detail = "; ".join(filter(None, (last.detail, *stories)))
    flags = ",".join(filter(None, (last.flags, "retried")))
    return replace(measured, measurement=replace(last, flags=flags, detail=detail))


def _story(measurement: Measurement, trouble: str) -> str:
    signal = f" (signal {measurement.signal})" if measurement.signal else ""
    stage = f" in {measurement.stage}" if measurement.stage else ""
    flag = "" if trouble == measurement.status else f", {trouble}"
    return f"{measurement.status}{stage}{signal}{flag}"


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


def now() -> str:
    """The time, UTC, ISO 8601."""
    return datetime.now(UTC).isoformat()
