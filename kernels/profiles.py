"""The weights of a question, NumPy only (scoring.md §4): several profiles at once, cost, energy.

The profiles' own numbers are data, in configs/tasks.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .columns import real_column, real_table
from .formulae import complete, drop_criteria, normalise_weights, weighted_sum

Floats = NDArray[np.float64]

SHARE_OF_ONE = 0.25  # of the final weight: cost or energy
SHARE_OF_EACH = 0.20  # cost and energy


def mean_weights(profiles: ArrayLike) -> Floats:
    """The mean of the weights (throughput, latency, memory) of k ≥ 1 profiles [k, 3], float64[3], sum 1.

    Raises TypeError for what are no numbers, ValueError for other shapes and for weights that can't be meant.
    """
    weights = real_table("profiles", profiles, None)
    if weights.ndim != 2 or weights.shape[0] == 0:
        raise ValueError(f"profiles must be weights of shape (k, 3), k >= 1, not of shape {weights.shape}")
    each = [normalise_weights(w).tolist() for w in weights]
    return normalise_weights([sum(column) for column in zip(*each, strict=True)])


def blend_weights(*, cost: bool = False, energy: bool = False) -> Floats:
    """The weights of (compatibility, cost, energy) where those count as criteria, float64[3], sum 1."""
    share = SHARE_OF_EACH if cost and energy else SHARE_OF_ONE
    extra = [share if asked else 0.0 for asked in (cost, energy)]
    return np.array([1.0 - sum(extra), *extra])


def final_weights(weights: ArrayLike, blend: ArrayLike) -> Floats:
    """The weights of (throughput, latency, memory, cost, energy), float64[5], sum 1, for a report to print.

    ``weights`` [3] are those of the profile, ``blend`` [3] is what ``blend_weights`` gives.
    """
    of_three, cost, energy = normalise_weights(blend).tolist()
    return np.array([*(of_three * normalise_weights(weights)).tolist(), cost, energy])


def split_weights(weights: ArrayLike) -> tuple[Floats, Floats]:
    """What ``final_weights`` puts together: (throughput, latency, memory), and the blend; float64[3] each.

    ``weights`` [5]; of [3], or where cost and energy weigh nothing, those three bit for bit and (1, 0, 0).
    Raises TypeError for what are no numbers, ValueError for other lengths and weights that can't be meant.
    """
    given = real_column("weights", weights)
    if given.size not in (3, 5):
        raise ValueError(f"weights must be 3 or 5 numbers, not {given.size}")
    extra = given[3:]
    if not extra.any():
        return normalise_weights(given[:3]), np.array([1.0, 0.0, 0.0])
    return normalise_weights(given[:3]), normalise_weights([given[:3].sum(), *extra.tolist()])


def used_weights(weights: ArrayLike, used: tuple[bool, bool, bool, bool, bool]) -> Floats:
    """The weights of (throughput, latency, memory, cost, energy) when only ``used`` ones count, float64[5].

    ``weights`` are [3] or [5]. Throughput, latency and memory share among them what one of them loses. All
    NaN where none of the three is left. Raises as ``split_weights``.
    """
    three, blend = split_weights(weights)
    three = drop_criteria(three, used[:3])
    if np.isnan(three).any():
        return np.full(5, np.nan)
    if not blend[1:].any():
        return np.array([*three.tolist(), 0.0, 0.0])
    return final_weights(three, drop_criteria(blend, (True, *used[3:])))


def blended(compatibility: Floats, cost: Floats, energy: Floats, blend: ArrayLike) -> Floats:
    """The compatibility of one group's candidates when cost and energy count, float64[n].

    ``cost`` and ``energy`` are components in [0, 1]. One that a candidate lacks is dropped for all, as
    throughput, latency and memory are; NaN where nothing that carries weight is left.
    """
    parts = (compatibility, cost, energy)
    used = (complete(compatibility), complete(cost), complete(energy))
    return weighted_sum(*parts, *drop_criteria(normalise_weights(blend), used).tolist())
