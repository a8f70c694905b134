"""Instructions per call, from counters whose counts are known."""

from __future__ import annotations

import gc

import pytest
from fitment.harness.gate import instructions
from fitment.harness.gate.instructions import ENOUGH

IDLE = 500_000


class Machine:
    """A counter that counts ``each`` per call of ``step``, and ``IDLE`` for itself."""

    def __init__(self, each: int) -> None:
        self.each, self.executed, self.counted = each, 0, list[int]()
        self.collected = True

    def step(self) -> None:
        self.executed += self.each
        self.collected = gc.isenabled()

    def count(self, call: instructions.Call) -> int:
        before = self.executed
        call()
        self.counted.append(self.executed - before)
        return self.executed - before + IDLE + 1000 * (len(self.counted) % 3)


@pytest.mark.parametrize("each", [3, 20_000, ENOUGH, 7 * ENOUGH])
def test_the_counts_own_share_is_taken_off(each: int) -> None:
    """What one call executes comes back, whether a call is short or long, from enough of them."""
    machine = Machine(each)
    assert instructions._per_call(machine.step, machine.count) == each
    assert max(machine.counted) >= min(ENOUGH, each)
    assert not machine.collected
    assert gc.isenabled()


def test_a_call_that_executes_nothing_counts_nothing() -> None:
    """It is 0, and ends."""
    machine = Machine(0)
    assert instructions._per_call(machine.step, machine.count) == 0


def test_nothing_is_said_where_nothing_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """No counter, no metric; not 0."""
    monkeypatch.setattr(instructions.perf_events, "available", lambda: False)
    assert instructions.per_call(lambda: None) == {}
