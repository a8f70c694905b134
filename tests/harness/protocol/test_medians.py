"""fitment.harness.protocol.medians: what samples are worth, and the interval of their median."""

from __future__ import annotations

import math

import numpy as np
import pytest
from fitment.harness.protocol import medians


def autoregressive(n: int, rho: float, seed: int) -> np.ndarray:
    """n samples around 1, each rho times the one before plus noise."""
    noise = np.random.default_rng(seed).standard_normal(n)
    for i in range(1, n):
        noise[i] = rho * noise[i - 1] + math.sqrt(1 - rho**2) * noise[i]
    return 1 + 0.05 * noise


def test_interval_of_the_median_is_two_order_statistics() -> None:
    """Of 100 independent samples the bounds lie equally far to either side of the middle."""
    samples = np.random.default_rng(3).permutation(np.arange(1.0, 101.0))
    share = medians.Z / (2 * math.sqrt(medians.effective_size(samples)))
    found = medians.median(samples)
    assert found.value == 50.5
    low = round(50 - 100 * share)
    assert (found.low, found.high) == (low, 101 - low)


def test_seven_samples_are_the_first_with_an_interval() -> None:
    """Smallest and largest of seven hold the true median in 98.4 of 100 cases; of six in 96.9."""
    found = medians.median(np.array([4.0, 1.0, 7.0, 2.0, 6.0, 3.0, 5.0]))
    assert (found.low, found.high) == (1.0, 7.0)


@pytest.mark.parametrize("n", [1, 2, 3, 6])
def test_few_samples_have_a_median_without_bounds(n: int) -> None:
    """An interval that the samples can't give is None, and its width infinite."""
    found = medians.median(np.arange(1.0, n + 1))
    assert (found.low, found.high) == (None, None)
    assert found.relative_half_width == math.inf


@pytest.mark.parametrize("rho", [0.0, 0.3, 0.6])
def test_interval_covers_the_true_median_of_correlated_samples(rho: float) -> None:
    """At least 94 in 100 intervals of 150 autocorrelated samples hold the true median."""
    found = [medians.median(autoregressive(150, rho, seed)) for seed in range(300)]
    covering = [m for m in found if m.low is not None and m.high is not None and m.low <= 1 <= m.high]
    assert len(covering) >= 0.94 * len(found)


def test_correlated_samples_are_worth_less() -> None:
    """n · (1 − r1)/(1 + r1): a third of n at r1 = 0.5, and never more than n."""
    assert medians.effective_size(autoregressive(20_000, 0.5, 2)) == pytest.approx(20_000 / 3, rel=0.1)
    assert medians.effective_size(np.array([1.0, 2.0] * 50)) == 100


@pytest.mark.parametrize("levels", [1, 2])
def test_ties_are_no_correlation(levels: int) -> None:
    """A clock too coarse to tell samples apart makes them look neither dependent nor worthless."""
    samples = np.random.default_rng(6).integers(1, levels + 1, 400).astype(np.float64)
    assert medians.effective_size(samples) >= 350


def test_one_outlier_does_not_hide_correlation() -> None:
    """r1 is taken of ranks, so that a single huge sample leaves it where it was."""
    samples = autoregressive(500, 0.6, 4)
    before = medians.effective_size(samples)
    samples[250] = 1e6
    assert medians.effective_size(samples) == pytest.approx(before, rel=0.05)
