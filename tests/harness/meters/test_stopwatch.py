"""fitment.harness.meters.stopwatch: what a caller waits for."""

from __future__ import annotations

import gc
import itertools

import pytest
from fitment.harness.meters.stopwatch import Stopwatch, frozen_garbage

from tests.harness.protocol.fake_clock import FakeClock, watch_over


def test_time_per_step() -> None:
    """Three steps that take 6 ms together took 2 ms each."""
    assert watch_over([0.001, 0.002, 0.003]).seconds_per_step(3) == pytest.approx(0.002)


def test_device_is_waited_for_before_and_after() -> None:
    """Work left over from before is not counted, work that a step only enqueued is."""
    clock = FakeClock()
    order: list[str] = []
    pending = [0.5]  # seconds of work on the device, from before

    def step() -> None:
        order.append("step")
        pending.append(0.1)

    def synchronise() -> None:
        order.append("wait")
        clock.spend(sum(pending))
        pending.clear()

    assert Stopwatch(step, synchronise, clock).seconds_per_step(2) == pytest.approx(0.1)
    assert order == ["wait", "step", "step", "wait"]


@pytest.mark.parametrize(("step_s", "steps"), [(0.01, 1), (200e-6, 1), (100e-6, 10), (1e-6, 1000)])
def test_short_steps_are_timed_together(step_s: float, steps: int) -> None:
    """Below 200 µs a sample holds enough steps that reading a clock of 100 ns is a ten-thousandth of it."""
    assert watch_over(itertools.repeat(step_s), reading_ns=100).steps_per_sample(step_s) == steps


def test_a_free_clock_still_gives_a_block() -> None:
    """Where reading costs nothing measurable a block lasts 200 µs."""
    assert watch_over([]).steps_per_sample(1e-6) == pytest.approx(200, abs=1)


def test_a_flush_comes_before_each_step_and_is_not_timed() -> None:
    """With a cache to clear, steps are timed one by one, the clearing and its end waited for outside."""
    clock = FakeClock()
    order: list[str] = []

    def spending(what: str, seconds: float) -> None:
        order.append(what)
        clock.spend(seconds)

    watch = Stopwatch(
        lambda: spending("step", 0.1),
        lambda: spending("wait", 0.0),
        clock,
        flush=lambda: spending("flush", 7.0),
    )
    assert watch.seconds_per_step(2) == pytest.approx(0.1)
    assert order == ["flush", "wait", "step", "wait"] * 2
    assert watch.steps_per_sample(1e-6) == 1


def test_a_frozen_collector_leaves_older_objects_alone() -> None:
    """Within the block what existed before is out of the collector's sight; what is new is not."""
    before = gc.get_freeze_count()
    with frozen_garbage():
        assert gc.isenabled()
        assert gc.get_freeze_count() > before
        new: list[object] = []
        new.append(new)
        assert any(found is new for found in gc.get_objects())
    assert gc.get_freeze_count() == 0
