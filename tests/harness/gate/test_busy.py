"""Who else wanted the machine, in one line."""

from __future__ import annotations

import pytest
from fitment.harness.gate.busy import Watch, told
from fitment.harness.meters.contention import Contention


def spent(**more: float) -> Contention:
    """What grew in ten seconds of a quiet machine, but for ``more``."""
    quiet = {"at_s": 10.0, "steal_s": 0.0, "involuntary_switches": 3, "throttled_periods": 0}
    return Contention(**{**quiet, "cpu_pressure_s": 0.1, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("more", "load", "says"),
    [
        ({}, 0.1, None),
        ({"steal_s": None, "cpu_pressure_s": None, "throttled_periods": None}, 0.1, None),
        ({}, 1.7, "the machine was busy: load 1.7 on 2 CPUs at the start"),
        ({"steal_s": 2.0}, 0.0, "the machine was busy: its hypervisor kept 10% of the CPU"),
        ({"cpu_pressure_s": 4.0}, 0.0, "the machine was busy: tasks waited for a CPU 40% of the time"),
        ({"throttled_periods": 7}, 0.0, "the machine was busy: its CPU quota ran out 7 times"),
    ],
)
def test_what_is_told(more: dict[str, float], load: float, says: str | None) -> None:
    """Each way to take the processor, and nothing of a quiet machine or one that does not count."""
    assert told(spent(**more), load, cpus=2) == (() if says is None else (says,))


def test_a_watch_reads_this_machine() -> None:
    """At most one line."""
    assert len(Watch(load=0.0).notes()) <= 1
