"""The kernel's event counters, on the events that this machine has."""

from __future__ import annotations

import os

import pytest
from fitment.harness.gate import perf_events
from fitment.harness.gate.perf_events import INSTRUCTIONS, TASK_CLOCK, EventCounter

UNKNOWN_EVENT = (1, 2**40)


def needs(event: tuple[int, int], name: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not perf_events.available(event), reason=f"this machine does not count {name}")


@needs(TASK_CLOCK, "a task's time")
def test_only_the_call_counts() -> None:
    """Each count starts at 0, grows with the work, and holds nothing of what lies between."""
    with EventCounter(TASK_CLOCK) as counter:
        small = counter.count(lambda: sum(range(10_000)))
        sum(range(3_000_000))
        none = counter.count(lambda: None)
        large = counter.count(lambda: sum(range(3_000_000)))
    assert 0 < none < large
    assert 0 < small < large


@needs(INSTRUCTIONS, "instructions")
def test_instructions_repeat() -> None:
    """Two counts of one loop agree within 1 %."""
    with EventCounter() as counter:
        first, second = (counter.count(lambda: sum(range(100_000))) for _ in range(2))
    assert first == pytest.approx(second, rel=0.01)


@needs(TASK_CLOCK, "a task's time")
def test_what_the_call_raises_passes_through() -> None:
    """The counter can be used again after it."""
    with EventCounter(TASK_CLOCK) as counter:
        with pytest.raises(ZeroDivisionError):
            counter.count(lambda: 1 // 0)
        assert counter.count(lambda: sum(range(1000))) > 0


def test_an_event_that_is_not_there_is_an_os_error() -> None:
    """And ``available`` says so instead."""
    before = len(os.listdir("/proc/self/fd"))
    with pytest.raises(OSError, match="perf_event_open"):
        EventCounter(UNKNOWN_EVENT)
    assert not perf_events.available(UNKNOWN_EVENT)
    assert len(os.listdir("/proc/self/fd")) == before


def test_an_unknown_architecture_has_no_counters(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system call has another number everywhere, so that guessing one might call something else."""
    monkeypatch.setattr("platform.machine", lambda: "vax")
    assert not perf_events.available(TASK_CLOCK)
