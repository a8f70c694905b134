"""Random arguments for the kernels of the table: ``(rng, n)`` gives n rows or candidates."""

from __future__ import annotations

from typing import Any

import numpy as np

Arguments = tuple[Any, ...]


def column(rng: np.random.Generator, n: int, missing: float = 0.1) -> np.ndarray:
    values = rng.lognormal(size=n)
    values[rng.random(n) < missing] = np.nan
    return values


def fractions(rng: np.random.Generator, n: int) -> np.ndarray:
    return rng.integers(0, 8, n) / 8.0


def whole(rng: np.random.Generator, low: int, high: int) -> int:
    """One number, limits included."""
    return int(rng.integers(low, high + 1))


def process_medians(rng: np.random.Generator, n: int) -> np.ndarray:
    """Latencies of n processes of one cell, which differ by some percent."""
    return 0.01 * rng.lognormal(sigma=0.05, size=n)


def matrix(rng: np.random.Generator, n: int, largest: int = 40, missing: float = 0.001) -> Arguments:
    """Offsets of groups of 1 to ``largest`` candidates, then throughput, latency, memory and n."""
    inside = np.sort(rng.choice(np.arange(1, n), size=min(n - 1, 2 * n // largest), replace=False))
    offsets = np.concatenate([[0], inside, [n]]) if n > 1 else np.array([0] * 3 + [n])
    return (offsets, *(column(rng, n, missing) for _ in range(3)), rng.integers(0, 8, n))


def mixed_matrix(rng: np.random.Generator, n: int) -> Arguments:
    """As ``matrix``, with some memory modes of each kind and more missing values."""
    offsets, *columns = matrix(rng, n, largest=10, missing=0.02) if n else (np.array([0]), *[np.empty(0)] * 4)
    columns[3] = columns[3].astype(np.int64)
    modes = rng.integers(0, 3, offsets.size - 1)
    return (offsets, *columns, np.array([0.5, 0.3, 0.2]), modes, column(rng, n, 0.0) * 4)


def keys(rng: np.random.Generator, n: int) -> Arguments:
    """Three key columns of few levels each."""
    return ([rng.integers(0, levels, n).astype(np.int32) for levels in (3, 2, 4)],)


def grouped_columns(rng: np.random.Generator, n: int) -> Arguments:
    """Ids in random order, two columns with missing and infinite values, the number of groups, statuses."""
    values = np.stack([column(rng, n), column(rng, n)])
    values[rng.random(values.shape) < 0.05] = np.inf
    return rng.integers(0, 5, n).astype(np.int32), values, 6, (rng.random(n) < 0.1).astype(np.int8)
