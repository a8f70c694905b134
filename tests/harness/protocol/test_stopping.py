"""fitment.harness.protocol.stopping: intervals of the median, what samples are worth, and when to stop."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from fitment.harness.profiles import PROFILES
from fitment.harness.protocol import stopping

QUICK, STANDARD, STRICT = PROFILES["quick"], PROFILES["standard"], PROFILES["strict"]


def normal(n: int, spread: float, seed: int = 1) -> np.ndarray:
    """n independent samples around 1."""
    return 1 + spread * np.random.default_rng(seed).standard_normal(n)


def autoregressive(n: int, rho: float, seed: int) -> np.ndarray:
    """n samples around 1, each rho times the one before plus noise."""
    noise = np.random.default_rng(seed).standard_normal(n)
    for i in range(1, n):
        noise[i] = rho * noise[i - 1] + math.sqrt(1 - rho**2) * noise[i]
    return 1 + 0.05 * noise


def test_interval_of_the_median_is_two_order_statistics() -> None:
    """Of 100 independent samples the bounds lie equally far to either side of the middle."""
    samples = np.random.default_rng(3).permutation(np.arange(1.0, 101.0))
    share = stopping.Z / (2 * math.sqrt(stopping.effective_size(samples)))
    found = stopping.median(samples)
    assert found.value == 50.5
    low = round(50 - 100 * share)
    assert (found.low, found.high) == (low, 101 - low)


def test_seven_samples_are_the_first_with_an_interval() -> None:
    """Smallest and largest of seven hold the true median in 98.4 of 100 cases; of six in 96.9."""
    found = stopping.median(np.array([4.0, 1.0, 7.0, 2.0, 6.0, 3.0, 5.0]))
    assert (found.low, found.high) == (1.0, 7.0)


@pytest.mark.parametrize("n", [1, 2, 3, 6])
def test_few_samples_have_a_median_without_bounds(n: int) -> None:
    """An interval that the samples can't give is None, and its width infinite."""
    found = stopping.median(np.arange(1.0, n + 1))
    assert (found.low, found.high) == (None, None)
    assert found.relative_half_width == math.inf


@pytest.mark.parametrize("rho", [0.0, 0.3, 0.6])
def test_interval_covers_the_true_median_of_correlated_samples(rho: float) -> None:
    """At least 94 in 100 intervals of 150 autocorrelated samples hold the true median."""
    found = [stopping.median(autoregressive(150, rho, seed)) for seed in range(300)]
    covering = [m for m in found if m.low is not None and m.high is not None and m.low <= 1 <= m.high]
    assert len(covering) >= 0.94 * len(found)


def test_correlated_samples_are_worth_less() -> None:
    """n · (1 − r1)/(1 + r1): a third of n at r1 = 0.5, and never more than n."""
    assert stopping.effective_size(autoregressive(20_000, 0.5, 2)) == pytest.approx(20_000 / 3, rel=0.1)
    assert stopping.effective_size(np.array([1.0, 2.0] * 50)) == 100


@pytest.mark.parametrize("levels", [1, 2])
def test_ties_are_no_correlation(levels: int) -> None:
    """A clock too coarse to tell samples apart makes them look neither dependent nor worthless."""
    samples = np.random.default_rng(6).integers(1, levels + 1, 400).astype(np.float64)
    assert stopping.effective_size(samples) >= 350


def test_one_outlier_does_not_hide_correlation() -> None:
    """r1 is taken of ranks, so that a single huge sample leaves it where it was."""
    samples = autoregressive(500, 0.6, 4)
    before = stopping.effective_size(samples)
    samples[250] = 1e6
    assert stopping.effective_size(samples) == pytest.approx(before, rel=0.05)


def test_precision_stops_the_latency_pass() -> None:
    """Tight samples over half a second stop it, sooner than that nothing does."""
    samples = normal(100, 0.01)
    assert stopping.latency_stop(samples, 0.6, STANDARD) == "precision"
    assert stopping.latency_stop(samples, 0.4, STANDARD) is None


def test_percentile_of_the_profile_has_to_suffice() -> None:
    """However tight, strict wants the 662 samples that p99 needs, and quick the 8 of its median."""
    assert stopping.latency_stop(normal(600, 0.001), 9.0, STRICT) is None
    assert stopping.latency_stop(normal(1200, 0.001), 9.0, STRICT) == "precision"
    assert stopping.latency_stop(np.array([1.0, 1.001] * 8), 9.0, QUICK) == "precision"
    assert stopping.latency_stop(np.array([1.0, 1.001] * 3), 9.0, QUICK) is None


def test_settled_noise_stops_where_precision_is_out_of_reach() -> None:
    """Noise that is known as well as it will be is a plateau; noise that still grows is none."""
    wide = normal(400, 0.3)
    assert stopping.latency_stop(wide, 9.0, STANDARD) == "plateau"
    assert stopping.latency_stop(wide[:100], 9.0, STANDARD) is None
    growing = 1 + np.linspace(0, 1, 400) ** 2 * np.random.default_rng(5).random(400)
    assert not stopping.has_plateaued(growing)


def test_throughput_wants_its_blocks() -> None:
    """The least number of blocks stands even where they agree to the last bit."""
    blocks = np.full(9, 0.1)
    assert stopping.throughput_stop(blocks, 2.5, STANDARD) is None
    assert stopping.throughput_stop(blocks, 2.5, replace(STANDARD, min_blocks=3)) == "precision"


def test_looks_grow_by_half() -> None:
    """8, 12, 18, 27: the cost of looking stays a fixed share of the pass."""
    assert [stopping.next_look(n) for n in (1, 8, 12, 18)] == [2, 12, 18, 27]
