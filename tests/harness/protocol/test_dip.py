"""fitment.harness.protocol.dip: Hartigan's statistic, against cases worked out by hand and his table."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.harness.protocol.dip import MOST_POINTS, dip


@pytest.mark.parametrize("n", [4, 10, 57, 256])
def test_evenly_spread_samples_have_the_least_dip(n: int) -> None:
    """Half a sample: the empirical distribution can't be nearer to any continuous one."""
    assert dip(np.arange(float(n))) == pytest.approx(1 / (2 * n))


def test_two_points_have_the_largest_dip() -> None:
    """Half the samples at each of two points: a quarter."""
    assert dip(np.repeat([1.0, 2.0], 50)) == pytest.approx(0.25)


def test_one_point_has_one_mode() -> None:
    """Samples that are all alike are as unimodal as can be."""
    assert dip(np.ones(20)) == pytest.approx(1 / 40)


def test_a_mode_of_many_equal_samples_is_one_mode() -> None:
    """As a coarse clock shows them: most at one value, ever fewer to either side."""
    assert dip(np.repeat([0.8, 0.9, 1.0, 1.1, 1.2], [1, 2, 90, 2, 1])) <= 2 / 192


@pytest.mark.parametrize("share", [0.1, 0.25, 0.5])
def test_dip_is_half_the_smaller_of_two_far_groups(share: float) -> None:
    """A group of a share p, far from a tight rest, takes a mass of p/2 to be filled up."""
    samples = np.concatenate([np.linspace(0, 1e-6, 1000 - round(1000 * share)), np.linspace(1, 1 + 1e-6, 1)])
    samples = np.concatenate([samples, np.linspace(1, 1 + 1e-6, round(1000 * share) - 1)])
    assert dip(samples[:: 1000 // 200]) == pytest.approx(share / 2, abs=0.01)


def test_neither_order_nor_scale_nor_direction_matters() -> None:
    """The dip is of the shape of the distribution."""
    rng = np.random.default_rng(5)
    samples = np.concatenate([rng.normal(0, 1, 60), rng.normal(5, 1, 40)])
    for other in (rng.permutation(samples), 1e-3 * samples + 7, -samples):
        assert dip(other) == pytest.approx(dip(samples))


@pytest.mark.parametrize(("n", "point"), [(20, 0.1008), (50, 0.0702), (100, 0.0522), (200, 0.0370)])
def test_uniform_samples_pass_the_published_points(n: int, point: float) -> None:
    """5 % of uniform samples lie above Hartigan's table (1985), within what 300 trials tell."""
    rng = np.random.default_rng(n)
    share = np.mean([dip(rng.random(n)) > point for _ in range(300)])
    assert 0.01 < share < 0.1


def test_a_long_series_is_thinned_to_its_quantiles() -> None:
    """100,000 samples have the dip of their shape, and not of 256 samples drawn anew."""
    samples = np.random.default_rng(2).normal(size=100_000)
    assert dip(samples) < 1.5 / (2 * MOST_POINTS)
