"""Weights of several profiles, and of cost and energy beside throughput, latency and memory."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.kernels.profiles import blend_weights, blended, final_weights, mean_weights, split_weights
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from tests.kernels.strategies import deterministic, weights

INFERENCE, LATENCY = (0.45, 0.40, 0.15), (0.3, 0.6, 0.1)


def test_several_profiles_give_the_mean() -> None:
    """inference and latency_sensitive together, by hand; one alone stays bit for bit."""
    assert_allclose(mean_weights([INFERENCE, LATENCY]), [0.375, 0.5, 0.125], rtol=1e-15)
    assert mean_weights([(0.5, 0.3, 0.2)]).tolist() == [0.5, 0.3, 0.2]


@pytest.mark.parametrize("profiles", [[], [0.5, 0.3, 0.2], np.ones((0, 3)), np.ones((2, 2))])
def test_profiles_that_cannot_be(profiles: object) -> None:
    """None at all, a single vector, or vectors of two are refused."""
    with pytest.raises(ValueError, match="weights"):
        mean_weights(profiles)


def test_cost_and_energy_take_their_share() -> None:
    """One takes .25 of the final weight, both take .20 each, and the others are scaled down."""
    assert blend_weights().tolist() == [1, 0, 0]
    assert final_weights((0.5, 0.3, 0.2), blend_weights(cost=True)).tolist() == [
        *(0.75 * 0.5, 0.75 * 0.3, 0.75 * 0.2),
        *(0.25, 0.0),
    ]
    both = final_weights((0.5, 0.3, 0.2), blend_weights(cost=True, energy=True))
    assert_allclose(both, [0.3, 0.18, 0.12, 0.2, 0.2], rtol=1e-15)


def test_a_missing_price_drops_cost_for_all() -> None:
    """Then compatibility and energy share its part, as where cost was never asked."""
    compatibility, energy = np.array([0.8, 0.4]), np.array([1.0, 0.5])
    found = blended(compatibility, np.array([1.0, np.nan]), energy, blend_weights(cost=True, energy=True))
    without = blended(compatibility, np.full(2, np.nan), energy, blend_weights(energy=True))
    assert_allclose(found, without, rtol=1e-15)
    assert_allclose(found, 0.75 * compatibility + 0.25 * energy, rtol=1e-15)


def test_without_cost_and_energy_nothing_changes() -> None:
    """The compatibility comes back bit for bit."""
    compatibility = np.random.default_rng(0).random(50)
    nothing = np.full(50, np.nan)
    assert_array_equal(blended(compatibility, nothing, nothing, blend_weights()), compatibility)


@deterministic
@given(first=weights, second=weights, cost=st.booleans(), energy=st.booleans())
def test_weights_sum_to_one(
    first: tuple[float, ...], second: tuple[float, ...], cost: bool, energy: bool
) -> None:
    """Whatever profiles are mixed, in either order, and whatever counts beside them."""
    mean = mean_weights([first, second])
    assert_allclose(mean, mean_weights([second, first]), rtol=1e-15)
    assert abs(final_weights(mean, blend_weights(cost=cost, energy=energy)).sum() - 1) < 1e-12


@pytest.mark.parametrize("profiles", [[["1", "2", "3"]], np.ma.masked_array(np.ones((1, 3)), [[1, 0, 0]])])
def test_profiles_that_are_no_numbers(profiles: object) -> None:
    """Neither text nor what lies under a mask is a weight."""
    with pytest.raises(TypeError, match="profiles must"):
        mean_weights(profiles)


def test_final_weights_come_apart_again() -> None:
    """Three weights are themselves bit for bit; five give back the profile and the blend."""
    three, blend = split_weights((0.5, 0.3, 0.2))
    assert (three.tolist(), blend.tolist()) == ([0.5, 0.3, 0.2], [1.0, 0.0, 0.0])
    assert split_weights((0.5, 0.3, 0.2, 0.0, 0.0))[0].tolist() == [0.5, 0.3, 0.2]
    asked = blend_weights(cost=True, energy=True)
    three, blend = split_weights(final_weights((0.5, 0.3, 0.2), asked))
    assert_allclose(three, [0.5, 0.3, 0.2], rtol=1e-15)
    assert_allclose(blend, asked, rtol=1e-15)
    with pytest.raises(ValueError, match="weights must be 3 or 5 numbers, not 4"):
        split_weights((0.5, 0.3, 0.1, 0.1))
