"""Made-up latencies, many series at once: float64[trials, n], around 1, one generator for all of them."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Noise = Callable[[np.random.Generator, tuple[int, int]], Floats]

SPREAD = 0.02


def normal(rng: np.random.Generator, shape: tuple[int, int]) -> Floats:
    """Independent, standard deviation 2 %."""
    return 1 + SPREAD * rng.standard_normal(shape)


def quiet(rng: np.random.Generator, shape: tuple[int, int]) -> Floats:
    """Independent, standard deviation 0.5 %."""
    return 1 + SPREAD / 4 * rng.standard_normal(shape)


def lognormal(rng: np.random.Generator, shape: tuple[int, int]) -> Floats:
    """Independent and skewed, 6 %."""
    return np.exp(3 * SPREAD * rng.standard_normal(shape))


def student(rng: np.random.Generator, shape: tuple[int, int]) -> Floats:
    """Independent, with tails so heavy that the third moment is infinite."""
    return np.maximum(1 + SPREAD * rng.standard_t(3, shape), 0.5)


def pareto(rng: np.random.Generator, shape: tuple[int, int]) -> Floats:
    """Independent, a floor with a tail of infinite variance; its median is 1."""
    return 1 + SPREAD * (rng.pareto(1.5, shape) - 2 ** (1 / 1.5) + 1)


def mixture(rng: np.random.Generator, shape: tuple[int, int]) -> Floats:
    """Independent; one sample in ten has six times the noise."""
    return 1 + SPREAD * rng.standard_normal(shape) * np.where(rng.random(shape) < 0.1, 6, 1)


def autoregressive(rho: float) -> Noise:
    """Each deviation is rho times the one before, plus a new one; 2 % in all."""

    def noise(rng: np.random.Generator, shape: tuple[int, int]) -> Floats:
        deviations = rng.standard_normal(shape)
        for i in range(1, shape[1]):
            deviations[:, i] *= math.sqrt(1 - rho**2)
            deviations[:, i] += rho * deviations[:, i - 1]
        return 1 + SPREAD * deviations

    return noise


def ramp(size: float, over: int) -> Noise:
    """A level that moves by ``size`` in ``over`` samples, for as long as the pass goes on."""

    def level(rng: np.random.Generator, shape: tuple[int, int]) -> Floats:
        return np.broadcast_to(np.maximum(1 + size * np.arange(shape[1]) / over, 0.2), shape)

    return level


def jump(size: float, over: int) -> Noise:
    """A level that changes once, between the 20th and the 80th of a hundred parts of ``over`` samples."""

    def level(rng: np.random.Generator, shape: tuple[int, int]) -> Floats:
        at = over * rng.uniform(0.2, 0.8, (shape[0], 1))
        return 1 + size * (np.arange(shape[1]) >= at)

    return level


def regimes(size: float, dwell: float) -> Noise:
    """Two levels in turn, each for half to one and a half times ``dwell`` samples."""

    def level(rng: np.random.Generator, shape: tuple[int, int]) -> Floats:
        stays = rng.uniform(0.5 * dwell, 1.5 * dwell, (shape[0], math.ceil(2 * shape[1] / dwell) + 2))
        ends = np.cumsum(stays, axis=1) - rng.uniform(0, dwell, (shape[0], 1))
        times = np.arange(shape[1])
        turns = np.array([np.searchsorted(row, times) for row in ends])
        return 1 + size * (turns % 2)

    return level


def either(size: float, share: float) -> Noise:
    """Two levels at random: ``share`` of the samples have the higher one."""

    def level(rng: np.random.Generator, shape: tuple[int, int]) -> Floats:
        return 1 + size * (rng.random(shape) < share)

    return level
