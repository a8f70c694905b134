"""fitment.harness.protocol.percentiles: the sufficiency table, and bounds that bound."""

from __future__ import annotations

import math

import numpy as np
import pytest
from fitment.harness.protocol import percentiles


@pytest.mark.parametrize(
    ("confidence", "p", "least"),
    [
        (0.99, 0.90, 64),
        (0.99, 0.95, 130),
        (0.99, 0.99, 662),
        (0.99, 0.999, 6636),
        (0.95, 0.90, 46),
        (0.95, 0.95, 93),
        (0.95, 0.99, 473),
    ],
)
def test_floor_is_the_published_table(confidence: float, p: float, least: int) -> None:
    """The least number of samples for a percentile is MLPerf's, exactly."""
    assert percentiles.floor(p, confidence) == least


@pytest.mark.parametrize(
    ("t", "n", "q"), [(0, 1, 0.5), (1, 7, 0.5), (3, 20, 0.1), (4, 4, 0.3), (2, 50, 0.01)]
)
def test_binomial_cdf_is_the_sum_of_its_terms(t: int, n: int, q: float) -> None:
    """The distribution function equals the plain sum over binomial coefficients."""
    plain = sum(math.comb(n, k) * q**k * (1 - q) ** (n - k) for k in range(t + 1))
    assert percentiles.binomial_cdf(t, n, q) == pytest.approx(plain, rel=1e-12)


@pytest.mark.parametrize(("p", "confidence", "n"), [(0.9, 0.95, 46), (0.9, 0.99, 500), (0.95, 0.95, 3000)])
def test_largest_t_is_the_last_that_holds(p: float, confidence: float, n: int) -> None:
    """t suffices and t + 1 does not."""
    t = percentiles.largest_t(p, confidence, n)
    assert t is not None
    assert percentiles.binomial_cdf(t, n, 1 - p) <= 1 - confidence
    assert percentiles.binomial_cdf(t + 1, n, 1 - p) > 1 - confidence


@pytest.mark.parametrize("n", [0, 1, 45])
def test_below_the_floor_there_is_no_percentile(n: int) -> None:
    """Too few samples give None, not a guess."""
    assert percentiles.percentile(np.ones(n), 0.9, 0.95, n) is None


def test_at_the_floor_the_bound_is_the_second_largest() -> None:
    """46 samples give p90 as the 42nd, bounded by the one that t = 1 others exceed."""
    found = percentiles.percentile(np.arange(1.0, 47.0)[::-1], 0.9, 0.95, 46)
    assert found == percentiles.Percentile(value=42.0, upper=45.0)


def test_correlated_samples_count_as_fewer() -> None:
    """What suffices when independent does not when it is worth half as much."""
    samples = np.arange(80.0)
    assert percentiles.percentile(samples, 0.9, 0.95, 80) is not None
    assert percentiles.percentile(samples, 0.9, 0.95, 40) is None


def test_the_upper_bound_covers_the_true_percentile() -> None:
    """In at least 95 of 100 runs of independent samples, the true percentile lies below its bound."""
    rng = np.random.default_rng(7)
    runs = [percentiles.percentile(rng.random(200), 0.9, 0.95, 200) for _ in range(400)]
    assert sum(run is not None and run.upper >= 0.9 for run in runs) >= 0.95 * len(runs)
