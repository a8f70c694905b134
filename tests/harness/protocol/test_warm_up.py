"""fitment.harness.protocol.warm_up: steady means that the middle and the last third agree."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator

import numpy as np
import pytest
from fitment.harness.protocol.warm_up import WarmUp, is_steady, warm_up

from tests.harness.protocol.fake_clock import watch_over


def run(times: Iterable[float], *, cap_s: float = 30.0, clocks: Iterator[float] | None = None) -> WarmUp:
    """A warm-up over steps that take ``times``, one after another."""
    endless = iter(times)
    clock: Callable[[], float | None] = (lambda: next(clocks)) if clocks else lambda: None
    return warm_up(
        lambda steps: next(endless), cap_s=cap_s, steps_per_reading=lambda step_s: 1, clock_hz=clock
    )


def noisy(step_s: float, spread: float, seed: int = 1) -> Iterator[float]:
    """Endless steps of ``step_s`` with relative noise."""
    rng = np.random.default_rng(seed)
    while True:
        yield step_s * (1 + spread * float(rng.standard_normal()))


def test_even_steps_are_steady_at_the_first_look() -> None:
    """Steps of 10 ms: 25 in the first quarter second, then 40, and no more."""
    assert run(itertools.repeat(0.01)) == WarmUp(steps=25 + 40, steady=True, step_s=0.01)


def test_slow_steps_are_looked_at_sooner() -> None:
    """Steps of half a second are judged after 3 and 9."""
    assert run(itertools.repeat(0.5)) == WarmUp(steps=3 + 9, steady=True, step_s=0.5)


def test_stationary_noise_is_steady() -> None:
    """Noise of 5 % around one level passes in at least 9 of 10 warm-ups."""
    assert sum(run(noisy(0.01, 0.05, seed)).steady is True for seed in range(50)) >= 45


def test_a_lasting_drift_is_not_steady() -> None:
    """Steps that slow down all along end the warm-up at its cap, not steady."""
    found = run(0.01 * 1.003**i for i in itertools.count())
    assert found.steady is False
    assert found.steps == 25 + 300


def test_the_cap_cuts_the_minimum() -> None:
    """Steps of 3 s under a cap of 2 s: one is run, and nothing can be judged."""
    assert run(itertools.repeat(3.0), cap_s=2.0) == WarmUp(steps=1, steady=None, step_s=3.0)


def test_flushing_counts_against_the_cap() -> None:
    """Steps of 10 µs, each after a flush of 0.1 s: no more of them than the cap has room for."""
    watch = watch_over(itertools.repeat(1e-5), flush_s=0.1)
    found = warm_up(
        watch.seconds_per_step,
        cap_s=2.0,
        steps_per_reading=watch.steps_per_sample,
        clock_hz=lambda: None,
        beside_s=lambda: watch.flushing_s,
    )
    assert found == WarmUp(steps=20, steady=True, step_s=1e-5)


def test_a_moving_clock_is_not_steady_yet() -> None:
    """On a GPU whose clock still climbs the warm-up goes on until it stands."""
    clocks = itertools.chain([1.0e9, 1.2e9, 1.4e9], itertools.repeat(1.41e9))
    assert run(itertools.repeat(0.01), clocks=clocks) == WarmUp(25 + 90, True, 0.01)


def test_very_short_steps_are_read_together() -> None:
    """Readings of k steps count k steps each."""
    found = warm_up(
        lambda steps: 1e-5, cap_s=30.0, steps_per_reading=lambda step_s: 100, clock_hz=lambda: None
    )
    assert found.steps == pytest.approx(25_000 + 40 * 100, rel=0.01)


def test_one_step_that_was_held_up_does_not_set_the_pace() -> None:
    """The last step of the burn-in took 100 times as long: readings are of as many steps as if it had not."""
    asked: list[float] = []

    def steps_per_reading(step_s: float) -> int:
        asked.append(step_s)
        return 1

    times = itertools.chain([0.01] * 24, [1.0], itertools.repeat(0.01))
    endless = iter(times)
    found = warm_up(
        lambda steps: next(endless), cap_s=30.0, steps_per_reading=steps_per_reading, clock_hz=lambda: None
    )
    assert asked == [0.01]
    assert found.steps == 25 + 40


@pytest.mark.parametrize(("shift", "steady"), [(0.0, True), (0.015, True), (0.04, False)])
def test_thirds_agree_within_two_percent(shift: float, steady: bool) -> None:
    """A step between the middle and the last third counts from 2 % on."""
    readings = np.concatenate([np.full(40, 1.0), np.full(20, 1.0 + shift)])
    assert is_steady(readings, at_cap=False) is steady


def test_at_the_cap_two_standard_errors_are_allowed() -> None:
    """A drift within the noise is forgiven at the cap, not before."""
    rng = np.random.default_rng(2)
    readings = 1 + 0.2 * rng.standard_normal(60)
    assert not is_steady(readings, at_cap=False)
    assert is_steady(readings, at_cap=True)
