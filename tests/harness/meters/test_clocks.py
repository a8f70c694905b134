"""fitment.harness.meters.clocks: a sleep and a step of the wall clock, told apart and from noise."""

from __future__ import annotations

import time

import pytest
from fitment.harness.meters import clocks
from fitment.harness.meters.clocks import Clocks

SECOND = 10**9


def after(slept_s: float, stepped_s: float) -> tuple[Clocks, Clocks]:
    """The clocks before and after 10 s of work, with a sleep and a step of the wall clock between."""
    before = Clocks(5 * SECOND, 7 * SECOND, 1000 * SECOND)
    awake, slept, stepped = 10 * SECOND, round(slept_s * SECOND), round(stepped_s * SECOND)
    return before, Clocks(
        before.monotonic + awake,
        7 * SECOND + awake + slept,
        before.realtime + awake + slept + stepped,
    )


@pytest.mark.parametrize(
    ("slept", "stepped"), [(0, 0), (60, 0), (0, -3600), (0, 10 * 365 * 86400), (60, -3600), (0, 1)]
)
def test_F25_F26_what_happened_to_the_clocks(slept: float, stepped: float) -> None:
    """A sleep moves the wall clock along and is no step; a step, a leap second too, is no sleep."""
    before, now = after(slept, stepped)
    assert now.suspended_s(before) == slept
    assert now.wall_clock_step_s(before) == stepped


def test_readings_apart_are_not_an_event() -> None:
    """Some milliseconds between the clocks are measured as nothing: 0, not None."""
    before, now = after(0.004, -0.02)
    assert (now.suspended_s(before), now.wall_clock_step_s(before)) == (0.0, 0.0)


def test_without_a_clock_that_goes_on_in_sleep() -> None:
    """A sleep is then None, and the wall clock is set against the monotonic one."""
    before, now = Clocks(0, None, 0), Clocks(SECOND, None, 4 * SECOND)
    assert now.suspended_s(before) is None
    assert now.wall_clock_step_s(before) == 3.0


def test_the_tightest_reading_counts() -> None:
    """A reading that was interrupted between two clocks is not the one that is kept."""
    now = 0
    delays = iter([0, SECOND, 0, 0] + [1, 1, 1, 1] * 4)  # the first reading loses a second on the way

    def clock(which: int) -> int:
        nonlocal now
        now += next(delays)
        return now

    assert clocks.read(clock).monotonic > SECOND


def test_this_machines_clocks_run_together() -> None:
    """The real clocks, read twice, show neither a sleep nor a step."""
    before = clocks.read(time.clock_gettime_ns)
    now = clocks.read()
    assert (now.suspended_s(before), now.wall_clock_step_s(before)) == (0.0, 0.0)
