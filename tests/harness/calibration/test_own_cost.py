from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

import pytest
from fitment.harness.calibration.own_cost import own_cost, timer_resolution_s


class Clock:
    """A clock that ticks every ``tick`` nanoseconds and takes ``reading`` of them to read."""

    def __init__(self, tick: int = 1, reading: int = 40) -> None:
        self.now = 0
        self._tick = tick
        self._reading = reading

    def __call__(self) -> int:
        self.now += self._reading
        return self.now // self._tick * self._tick

    def passing(self, *nanoseconds: int) -> Callable[[], None]:
        """A function during whose calls so much time passes, over and over."""
        lasting: Iterator[int] = itertools.cycle(nanoseconds)

        def work() -> None:
            self.now += next(lasting)

        return work


def test_the_null_step_is_what_any_step_would_have_shown() -> None:
    """A step of 3 µs is found to be of 3 µs: blocks keep the clock's own cost out of it."""
    clock = Clock()
    cost = own_cost(clock.passing(3000), clock.passing(0), clock=clock)
    assert cost.null_step_s == pytest.approx(3e-6, rel=1e-3)
    assert cost.sampler_cpu_share is None


def test_one_interruption_is_not_the_harness() -> None:
    """The median block counts, not one during which the machine did something else."""
    clock = Clock()
    step = clock.passing(*[3000] * 2999, 10_000_000)
    assert own_cost(step, clock.passing(0), clock=clock).null_step_s == pytest.approx(3e-6, rel=0.1)


def test_the_overhead_holds_clock_and_synchronisation() -> None:
    """What stands beside each sample: reading the clock, and waiting for an idle device."""
    clock = Clock(reading=40)
    assert own_cost(clock.passing(3000), clock.passing(500), clock=clock).timer_overhead_s == 540e-9


@pytest.mark.parametrize(("tick", "expected"), [(1, 40e-9), (1000, 1e-6), (1_000_000, 1e-3)])
def test_the_resolution_is_the_tick_or_the_reading(tick: int, expected: float) -> None:
    """A coarse clock's tick; of a fine clock what reading it takes; also where all readings are alike."""
    assert timer_resolution_s(Clock(tick)) == pytest.approx(expected)
