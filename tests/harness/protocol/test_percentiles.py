"""fitment.harness.protocol.percentiles: a value with a bound, or nothing."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.harness.protocol import percentiles


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
