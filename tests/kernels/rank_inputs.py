"""Random arguments for rank correlations and resampled counts."""

from __future__ import annotations

import numpy as np

from tests.kernels.inputs import Arguments, whole

PAIRS = [(0, 1), (0, 2), (2, 1)]


def tied_columns(rng: np.random.Generator, n: int) -> np.ndarray:
    """Three columns: of few values of which most are 0, with gaps, and of both."""
    few = rng.integers(0, 4, n) * (rng.random(n) < 0.3)
    gaps = np.where(rng.random(n) < 0.1, np.nan, rng.integers(0, 6, n))
    return np.stack([few, gaps, rng.integers(-5, 9, n) / 4 + few]).astype(np.float64)


def counted_columns(rng: np.random.Generator, n: int) -> Arguments:
    """Such columns, pairs of them, and how often each row is there."""
    return tied_columns(rng, n), PAIRS, rng.integers(0, 4, n)


def resamples(rng: np.random.Generator, n: int) -> Arguments:
    """As ``counted_columns``, some rows often; how many resamples, and the seed."""
    columns, pairs, counts = counted_columns(rng, n)
    counts[: n // 30] = 70
    return columns, pairs, counts, 3, whole(rng, 0, 9)


def kinds(rng: np.random.Generator, n: int) -> Arguments:
    """The rows of n kinds, most of them rare and some empty, and the key of a random stream."""
    common = rng.integers(60, 300, n)
    return np.where(rng.random(n) < 0.2, common, rng.integers(0, 5, n)), whole(rng, 0, 2**40)


def downloads_and_children(rng: np.random.Generator, n: int) -> Arguments:
    """Two columns of long tails, the second 0 for nearly all."""
    downloads = np.floor(3 * rng.pareto(0.5, n)).clip(0, 1e9)
    children = np.floor(rng.pareto(1.1, n) + 1) * (rng.random(n) < 0.04)
    children[:2], downloads[:2] = (1, 2), (1, 2)
    return np.stack([downloads, children]), [(0, 1)], None
