"""fitment.harness.protocol.latency: samples until the rule says stop."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from fitment.harness.profiles import PROFILES
from fitment.harness.protocol.latency import (
    Latencies,
    flag_latencies,
    latency_fields,
    measure_latency,
)
from fitment.harness.protocol.medians import median

from tests.harness.meters.fake_nvml import FakeNvml
from tests.harness.protocol.benches import Recorded
from tests.harness.protocol.fake_clock import watch_over

STANDARD, QUICK = PROFILES["standard"], PROFILES["quick"]


def noisy(step_s: float, spread: float) -> Iterator[float]:
    """Endless steps of lognormal length."""
    rng = np.random.default_rng(11)
    while True:
        yield step_s * float(np.exp(spread * rng.standard_normal()))


def test_flushing_counts_against_the_budget() -> None:
    """Steps of 10 µs, each after a flush of 50 ms: the budget of 2 s is spent after 40, not after two hundred
    thousand, and the samples are of the steps alone.
    """
    found = measure_latency(watch_over(itertools.repeat(1e-5), flush_s=0.05), QUICK, 1)
    assert found.stop_reason == "budget"
    assert len(found.seconds) == 40
    assert set(found.seconds) == {1e-5}


def test_even_steps_stop_on_precision() -> None:
    """10 ms steps stop as soon as p95 suffices: at the first look from 93 samples on."""
    found = measure_latency(watch_over(noisy(0.01, 0.01)), STANDARD, 1)
    assert found.stop_reason == "precision"
    assert 93 <= len(found.seconds) < 93 * 1.5
    assert found.seconds[0] != found.seconds[1]


def test_wild_steps_stop_on_a_plateau_or_the_budget() -> None:
    """Noise that no budget narrows to 1 % ends once it is known, long before the budget is spent."""
    found = measure_latency(watch_over(noisy(0.01, 0.6)), STANDARD, 1)
    assert found.stop_reason == "plateau"
    assert found.seconds.sum() < STANDARD.budget_s


@pytest.mark.parametrize(("step_s", "samples"), [(0.5, 4), (3.0, 1)])
def test_budget_cuts_every_minimum(step_s: float, samples: int) -> None:
    """Slow steps end with the budget, at least one having been run."""
    found = measure_latency(watch_over(itertools.repeat(step_s)), QUICK, 1)
    assert (found.stop_reason, len(found.seconds)) == ("budget", samples)


def test_samples_of_many_steps_are_per_step() -> None:
    """A sample of 50 steps is their mean, and the budget counts all of them."""
    strictest = replace(QUICK, relative_half_width=0.0)
    found = measure_latency(watch_over(noisy(1e-4, 0.3)), strictest, 50)
    assert found.steps_per_sample == 50
    assert found.seconds.mean() == pytest.approx(1e-4 * np.exp(0.045), rel=0.02)


def test_fields_are_those_of_the_samples() -> None:
    """Mean and median, percentiles where 100 samples suffice, None where they don't."""
    seconds = np.random.default_rng(5).permutation(np.arange(1.0, 101.0))
    fields = latency_fields(Latencies(seconds, 1, "precision"), STANDARD)
    assert (fields["n_samples"], fields["latency_mean_s"], fields["latency_p50_s"]) == (100, 50.5, 50.5)
    assert fields["latency_p90_s"] == 90
    assert fields["latency_p90_upper_s"] in (95, 96, 97)
    assert fields["latency_p99_s"] is None
    assert fields["latency_p99_upper_s"] is None
    low, high = fields["latency_p50_low_s"], fields["latency_p50_high_s"]
    assert isinstance(low, float)
    assert isinstance(high, float)
    assert 30 < low < 50.5 < high < 71


def test_one_sample_is_a_median_and_nothing_more() -> None:
    """A single slow step has a location and no interval."""
    fields = latency_fields(Latencies(np.array([2.0]), 1, "budget"), QUICK)
    assert (fields["latency_p50_s"], fields["n_effective"]) == (2.0, 1.0)
    assert fields["latency_p50_low_s"] is None
    assert fields["latency_p90_s"] is None


def flags_of(seconds: np.ndarray, steps_per_sample: int = 1) -> list[str]:
    """The flags that a latency pass with these samples raises."""
    recorded = Recorded(FakeNvml())
    flag_latencies(recorded.bench.draft, Latencies(seconds, steps_per_sample, "budget"), median(seconds))
    return [flag for flag in recorded.fields()["flags"].split(",") if flag]


def test_flags_say_what_is_wrong_with_the_samples() -> None:
    """Drift, groups, noise and blocks have a flag each; an even pass has none."""
    rng = np.random.default_rng(4)
    even = 1 + 0.01 * rng.standard_normal(100)
    assert flags_of(even) == []
    assert flags_of(even, steps_per_sample=50) == ["block_percentiles"]
    assert flags_of(even * np.linspace(1, 1.2, 100)) == ["not_steady"]
    assert flags_of(even + 0.1 * (rng.random(100) < 0.5)) == ["multimodal"]
    assert flags_of(rng.lognormal(0, 0.6, 100)) == ["noisy"]
