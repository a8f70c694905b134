"""What a unit of work costs in money and energy, NumPy only, and the components of both (scoring.md §4)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .formulae import measured, share_of_smallest

Floats = NDArray[np.float64]


def cost_per_1k(usd_per_device_hour: ArrayLike, devices: ArrayLike, t: ArrayLike) -> Floats:
    """USD for 1,000 units, usd_per_device_hour · devices / (3.6 · t), float64[n]; ``t`` in units/s.

    NaN where the price or the throughput is missing. Raises ValueError for a price or a number of
    devices that is not positive.
    """
    price, count = np.asarray(usd_per_device_hour, np.float64), np.asarray(devices, np.float64)
    if (price <= 0.0).any() or np.isinf(price).any():
        raise ValueError("usd_per_device_hour must be finite and positive: no price is NaN, not 0")
    if not (count >= 1.0).all():
        raise ValueError("devices must be at least 1")
    return price * count / (3.6 * measured(np.asarray(t, np.float64)))


def cost_component(cost: Floats) -> Floats:
    """C = min cost / cost, float64[n] in [0, 1]; ``cost`` in USD per 1,000 units."""
    cost = measured(cost)
    return share_of_smallest(cost, np.fmin.reduce(cost, initial=np.nan))


def energy_component(energy: Floats) -> Floats:
    """E = min energy / energy, float64[n] in [0, 1]; ``energy`` in J per unit."""
    energy = measured(energy)
    return share_of_smallest(energy, np.fmin.reduce(energy, initial=np.nan))
