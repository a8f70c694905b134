"""fitment.harness.sweeps.attempts: who gets another try, after what rest, and what is told of the earlier."""

from __future__ import annotations

import os
import signal
from types import SimpleNamespace
from typing import Any

import pytest
from fitment.harness.job import Job
from fitment.harness.sweeps import attempts
from fitment.harness.sweeps.attempts import RETRIES, attended, tried
from fitment.harness.sweeps.interrupts import Interrupts
from fitment.registry.records import STATUSES, Measurement
from fitment.registry.report.flags import MEANINGS

from tests.harness.jobs import make_job
from tests.harness.sweeps.answers import Answers, Rest

OK = {"status": "ok"}
HOT = {"flags": "noisy,throttled", "throttle_reasons": "hw_thermal_slowdown"}


def outcome(*answers: dict[str, Any], rest: Rest | None = None) -> tuple[Measurement, int]:
    """What a run with these answers came to, and how many of them it took."""
    execute = Answers(*answers)
    measured = tried(make_job(device="cuda:0"), execute, rest or Rest())
    return measured.measurement, len(execute.jobs)


@pytest.mark.parametrize("status", sorted(STATUSES - RETRIES.keys()))
def test_what_is_decided_is_not_tried_again(status: str) -> None:
    """One try, and its story is the result's alone."""
    found, tries = outcome({"status": status, "detail": "so it is"})
    assert (found.status, found.flags, found.detail, tries) == (status, "", "so it is", 1)


@pytest.mark.parametrize("status", ["oom_device", "crashed"])
def test_a_fresh_process_may_do_better(status: str) -> None:
    """Once more, at once; the first try is named."""
    rest = Rest()
    found, tries = outcome({"status": status, "stage": "warm_up", "signal": 11}, OK, rest=rest)
    assert (found.status, found.flags, tries) == ("ok", "retried", 2)
    assert found.detail == f"first try: {status} in warm_up (signal 11)"
    assert rest.asked == []


@pytest.mark.parametrize("status", ["oom_device", "crashed"])
def test_what_repeats_is_the_outcome(status: str) -> None:
    """A second time it decides the cell."""
    found, tries = outcome(*[{"status": status, "detail": "again"}] * 2)
    assert (found.status, found.flags, tries) == (status, "retried", 2)
    assert found.detail == f"again; first try: {status}"


@pytest.mark.parametrize("status", ["device_fault", "device_busy", "device_dirty"])
def test_the_device_may_recover(status: str) -> None:
    """Up to twice, each time after a rest; both tries are named."""
    rest = Rest()
    found, tries = outcome({"status": status}, {"status": status, "stage": "load"}, OK, rest=rest)
    assert (found.status, tries) == ("ok", 3)
    assert found.detail == f"first try: {status}; second try: {status} in load"
    assert rest.asked == [(30.0, status)] * 2
    assert outcome(*[{"status": status}] * 3)[1] == 3


@pytest.mark.parametrize("status", ["device_fault", "device_busy", "device_dirty"])
def test_no_try_follows_a_rest_that_a_signal_ended(status: str) -> None:
    """What is known by then is kept."""
    found, tries = outcome({"status": status, "detail": "so it is"}, rest=Rest(again=False))
    assert (found.status, found.flags, found.detail, tries) == (status, "", "so it is", 1)


@pytest.mark.parametrize("flag", ["suspended", "env_changed"])
@pytest.mark.parametrize("status", ["ok", "timeout"])
def test_F26_F28_a_disturbed_run_is_discarded(flag: str, status: str) -> None:
    """Whatever it came to, it is made once more, and what is stored says so."""
    found, tries = outcome({"status": status, "flags": f"noisy,{flag}", "throughput": 1.0}, OK)
    assert (found.status, found.flags, found.throughput, tries) == ("ok", "retried", 100.0, 2)
    assert found.detail == f"first try: {status}, {flag}"


@pytest.mark.parametrize("flag", ["suspended", "env_changed"])
def test_F26_F28_disturbed_again_it_is_kept_with_its_flag(flag: str) -> None:
    """A machine that never comes to rest still gets its results, flagged."""
    found, tries = outcome({"flags": flag}, {"flags": flag})
    assert (found.status, found.flags, tries) == ("ok", f"{flag},retried", 2)


def test_F30_a_hot_device_rests_and_is_measured_again() -> None:
    """Once, after a cool-down."""
    rest = Rest()
    found, tries = outcome(HOT, OK, rest=rest)
    assert (found.flags, found.detail, tries) == ("retried", "first try: ok, throttled", 2)
    assert rest.asked == [(60.0, "throttled")]
    assert outcome(HOT, HOT)[0].flags == "noisy,throttled,retried"


@pytest.mark.parametrize(
    "answer",
    [
        {"flags": "throttled", "throttle_reasons": "sw_power_cap"},  # as it will be the next time
        {"flags": "throttled"},  # by a CPU quota
        {"status": "timeout", **HOT},
    ],
)
def test_only_heat_passes_with_time(answer: dict[str, Any]) -> None:
    """A power cap, a CPU quota and a failure are as they are."""
    assert outcome(answer)[1] == 1


def test_F30_a_failure_after_the_rest_costs_nothing() -> None:
    """A warm result is worth more than none."""
    found, tries = outcome(HOT, {"status": "timeout"})
    assert (found.status, found.flags, found.throughput, tries) == ("ok", "noisy,throttled,retried", 100.0, 2)


def test_F30_no_rest_beyond_the_cells_own_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cell whose deadline leaves no room for a rest and another try keeps its warm result."""
    times = iter([0.0, 31.0])  # of a deadline of 120: 2 × 31 + 60 > 120
    monkeypatch.setattr(attempts, "time", SimpleNamespace(monotonic=lambda: next(times)))
    assert outcome(HOT)[1] == 1


def test_troubles_of_two_kinds_share_the_retries() -> None:
    """Each trouble counts the tries before it, so that no cell goes round for ever."""
    assert outcome({"status": "crashed"}, {"status": "device_fault"}, {"status": "crashed"})[1] == 3
    assert outcome({"status": "device_fault"}, {"status": "crashed"})[1] == 2


def test_the_table_names_what_there_is() -> None:
    """Its keys are outcomes, or flags that mean something."""
    assert set(RETRIES) <= STATUSES | MEANINGS.keys()


def ended_by(*signals: int) -> tuple[str, str | None]:
    """Status and detail of a run whose device is busy and rests until the signals come."""

    def busy(job: Job) -> Any:
        for signum in signals:
            os.kill(os.getpid(), signum)
        return Answers({"status": "device_busy", "detail": "in use"})(job)

    with Interrupts() as interrupts:
        rest = lambda seconds, trouble: interrupts.pause(600.0)  # noqa: E731
        measured, _ = attended(make_job(), interrupts, busy, rest)
    return measured.measurement.status, measured.measurement.detail


def test_F05_a_signal_ends_a_rest() -> None:
    """One Ctrl-C keeps what is known and waits no longer; a second one, or SIGTERM, ends it at once."""
    assert ended_by(signal.SIGINT) == ("device_busy", "in use")
    assert ended_by(signal.SIGINT, signal.SIGINT) == ("cancelled", "abandoned on signal 2")
    assert ended_by(signal.SIGTERM) == ("cancelled", "abandoned on signal 15")
