"""What a unit of work costs: a price that is not known is missing, never 0."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.kernels.costs import cost_component, cost_per_1k, energy_component
from numpy.testing import assert_allclose, assert_array_equal


def test_cost_by_hand() -> None:
    """3.60 USD an hour at 1,000 units/s is a tenth of a cent a thousand; two devices cost twice that."""
    found = cost_per_1k([3.6, 3.6], [1, 2], [1000.0, 1000.0])
    assert_allclose(found, [0.001, 0.002], rtol=1e-15)


def test_no_price_or_no_throughput_is_no_cost() -> None:
    """NaN, and no component; the cheapest of the others is still 1."""
    found = cost_per_1k([np.nan, 1.0, 2.0], 1, [10.0, 0.0, 10.0])
    assert_array_equal(np.isnan(found), [True, True, False])
    assert_array_equal(cost_component(found), [np.nan, np.nan, 1.0])


@pytest.mark.parametrize("price", [0.0, -1.0, np.inf])
def test_prices_that_cannot_be(price: float) -> None:
    """A price of 0 is refused: it would make its hardware the cheapest."""
    with pytest.raises(ValueError, match="usd_per_device_hour must be finite and positive"):
        cost_per_1k([price], 1, [1.0])


def test_devices_are_counted_from_one() -> None:
    """Half a device or none is refused."""
    with pytest.raises(ValueError, match="devices must be at least 1"):
        cost_per_1k([1.0], 0, [1.0])


def test_components_are_the_smallest_over_each() -> None:
    """Half the cost or energy is twice the component; 0 J is not measured."""
    assert cost_component(np.array([1.0, 2.0])).tolist() == [1.0, 0.5]
    assert_array_equal(energy_component(np.array([0.5, 0.0, 1.0])), [1.0, np.nan, 0.5])


def test_columns_of_other_kinds_and_lengths() -> None:
    """A masked price is not what lies under its mask; text is no number; lengths must fit."""
    with pytest.raises(TypeError, match="usd_per_device_hour must not be a masked array"):
        cost_per_1k(np.ma.masked_array([1.0, 2.0], [True, False]), 1, [1.0, 1.0])
    with pytest.raises(TypeError, match="usd_per_device_hour must hold numbers"):
        cost_per_1k(["1"], 1, [1.0])
    with pytest.raises(ValueError, match=r"devices must be of shape \(2,\)"):
        cost_per_1k(1.0, [1, 1, 1], [1.0, 1.0])


def test_costs_beyond_all_numbers_are_infinite() -> None:
    """And have no component; a number of devices has an end."""
    assert cost_per_1k([1e308], 8, [5e-324]).tolist() == [np.inf]
    with pytest.raises(ValueError, match="devices must be at least 1, and finite"):
        cost_per_1k([1.0], np.inf, [1.0])
