"""What a unit of work costs in money and energy, NumPy only, and the components of both (scoring.md §4)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .columns import each_number, real_column
from .formulae import measured, share_of_smallest

Floats = NDArray[np.float64]


def cost_per_1k(usd_per_device_hour: ArrayLike, devices: ArrayLike, t: ArrayLike) -> Floats:
    """USD for 1,000 units, usd_per_device_hour · devices / (3.6 · t), float64[n]; ``t`` in units/s.

    Prices and numbers of devices are one for all or one for each. NaN where the price or the throughput is
    missing. Raises TypeError for what holds no numbers, ValueError for other lengths, for a price that is not
    finite and positive and for less than a device.
    """
    throughput = measured(real_column("t", t))
    price = each_number("usd_per_device_hour", usd_per_device_hour, throughput.size)
    count = each_number("devices", devices, throughput.size)
    if (price <= 0.0).any() or np.isinf(price).any():
        raise ValueError("usd_per_device_hour must be finite and positive: no price is NaN, not 0")
    if not ((count >= 1.0) & (count < np.inf)).all():
        raise ValueError("devices must be at least 1, and finite")
    with np.errstate(over="ignore"):
        return price * count / (3.6 * throughput)


def cost_component(cost: Floats) -> Floats:
    """C = min cost / cost, float64[n] in [0, 1]; ``cost`` in USD per 1,000 units."""
    cost = measured(cost)
    return share_of_smallest(cost, np.fmin.reduce(cost, initial=np.nan))


def energy_component(energy: Floats) -> Floats:
    """E = min energy / energy, float64[n] in [0, 1]; ``energy`` in J per unit."""
    energy = measured(energy)
    return share_of_smallest(energy, np.fmin.reduce(energy, initial=np.nan))
