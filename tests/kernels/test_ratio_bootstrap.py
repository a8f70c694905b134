"""A mean over members that come in clusters: whole clusters are drawn."""

from __future__ import annotations

import math

import numpy as np
import pytest
from fitment.kernels.intervals import Interval
from fitment.kernels.ratio_bootstrap import cluster_mean_interval


def test_by_hand() -> None:
    """3 of 4 and 1 of 6: 4 of 10. Of two clusters a replicate draws both, or one of them twice."""
    found = cluster_mean_interval([3.0, 1.0], [4, 6])
    assert (found.low, found.centre, found.high) == (1 / 6, 0.4, 3 / 4)


def test_members_of_one_cluster_say_the_same() -> None:
    """Ten thousand edges in twenty families are twenty observations: the interval is as wide as theirs."""
    rng = np.random.default_rng(0)
    rates = rng.random(20)
    wide = cluster_mean_interval(500 * rates, np.full(20, 500))
    error = rates.std() / math.sqrt(20)
    assert wide.high - wide.low == pytest.approx(2 * 1.96 * error, rel=0.15)


def test_the_seed_alone_says_what_is_drawn() -> None:
    """The same seed gives the same bits, another one others; clusters without members change nothing."""
    sums, counts = np.arange(30.0), np.arange(1, 31)
    first, again, other = (cluster_mean_interval(sums, counts, seed=seed) for seed in (1, 1, 2))
    assert first == again
    assert first != other
    assert cluster_mean_interval([0.0, *sums, 0.0], [0, *counts, 0], seed=1) == first


def test_too_few_clusters() -> None:
    """Of none nothing is known; of one the mean, and not how far it may be off."""
    assert all(map(math.isnan, limits_of(cluster_mean_interval([], []))))
    low, centre, high = limits_of(cluster_mean_interval([0.0, 2.0], [0, 8]))
    assert centre == 0.25
    assert math.isnan(low)
    assert math.isnan(high)


def limits_of(found: Interval) -> tuple[float, float, float]:
    return found.low, found.centre, found.high


@pytest.mark.parametrize(
    ("sums", "counts", "options", "message"),
    [
        ([1.0], [1, 2], {}, "sums must be of shape"),
        ([math.inf, 1.0], [1, 2], {}, "sums must be finite"),
        ([1.0], [-1], {}, "counts must lie between 0"),
        ([1.0], [1], {"replicates": 0}, "replicates must be at least 1"),
        ([1.0], [1], {"confidence": 1.0}, "confidence must lie between 0 and 1"),
    ],
)
def test_what_cannot_be_meant(sums: object, counts: object, options: dict[str, float], message: str) -> None:
    """Columns and numbers that nothing can be drawn from are refused by name."""
    with pytest.raises(ValueError, match=message):
        cluster_mean_interval(sums, counts, **options)
