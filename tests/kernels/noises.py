"""What the medians of fresh processes of one cell look like: shapes of noise on ln value, of unit size."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Noise = Callable[[np.random.Generator, int], Floats]


def normal(rng: np.random.Generator, n: int) -> Floats:
    """A quiet machine."""
    return rng.normal(size=n)


def heavy(rng: np.random.Generator, n: int) -> Floats:
    """Student's t with 3 degrees of freedom, of standard deviation 1: lognormal times with wild tails."""
    return np.asarray(rng.standard_t(3, size=n) / np.sqrt(3.0), np.float64)


def skewed(rng: np.random.Generator, n: int) -> Floats:
    """Runs can only be slower than they might: a lognormal excess."""
    return np.asarray(np.expm1(rng.normal(size=n) * 0.8), np.float64)


def load(rng: np.random.Generator, n: int) -> Floats:
    """A load that wanders from process to process (correlation .6), and one process in ten much slower."""
    wandering = rng.normal(size=n)
    for i in range(1, n):
        wandering[i] = 0.6 * wandering[i - 1] + 0.8 * wandering[i]
    return np.asarray(wandering + 5.0 * (rng.random(n) < 0.1), np.float64)


def grouped(rng: np.random.Generator, n: int) -> Floats:
    """A fast and a slow group of processes, as where threads do or don't have to wait for a processor."""
    return np.asarray(rng.choice([-1.0, 1.0], size=n) + 0.1 * rng.normal(size=n), np.float64)


SHAPES: dict[str, Noise] = {
    "normal": normal,
    "heavy": heavy,
    "skewed": skewed,
    "load": load,
    "grouped": grouped,
}
