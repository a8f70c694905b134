from __future__ import annotations

import time

import pytest
from fitment.harness.calibration import rate as rates
from fitment.harness.calibration.rate import rate, warm_step_s
from fitment.harness.meters.stopwatch import Stopwatch


class Machine:
    """A clock that only moves while the step runs: slowly at first, then as fast as it gets."""

    def __init__(self, cold_s: float, warm_s: float) -> None:
        self.now = 0
        self.calls = 0
        self._cold, self._warm = round(cold_s * 1e9), round(warm_s * 1e9)

    def clock(self) -> int:
        return self.now

    def step(self) -> None:
        self.calls += 1
        self.now += self._cold if self.calls == 1 else self._warm


def test_the_first_call_is_not_what_a_step_takes() -> None:
    """Loading kernels takes a second, the step a millisecond: blocks are planned for the latter."""
    machine = Machine(cold_s=1.0, warm_s=1e-3)
    assert warm_step_s(Stopwatch(machine.step, lambda: None, machine.clock)) == pytest.approx(1e-3)


def test_a_step_as_fast_as_the_clock_ends_the_warm_up() -> None:
    """Steps are run in growing numbers, so that the shortest are done with soon as well."""
    machine = Machine(cold_s=1e-8, warm_s=1e-8)
    warm_step_s(Stopwatch(machine.step, lambda: None, machine.clock))
    assert machine.calls < 20_000_000


def test_the_rate_is_the_median_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A step of 2 ms is done 500 times a second; where all blocks are alike there is no spread."""
    machine = Machine(cold_s=1.0, warm_s=2e-3)
    monkeypatch.setattr(rates, "Stopwatch", lambda step, wait: Stopwatch(step, wait, machine.clock))
    found = rate(machine.step, lambda: None)
    assert found.per_s == pytest.approx(500)
    assert found.spread == pytest.approx(0, abs=1e-9)


def test_this_machine_has_a_rate() -> None:
    """With the real clock there is a figure and a spread."""
    found = rate(lambda: time.sleep(0.001), lambda: None)
    assert 0 < found.per_s < 1000
    assert found.spread >= 0
