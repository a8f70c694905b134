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


def borders(rng: np.random.Generator, n: int, largest: int) -> np.ndarray:
    """Offsets of groups of 0 to ``largest`` rows: int64[groups + 1] from 0 to n."""
    sizes = rng.integers(0, largest + 1, 2 + 4 * n // largest)
    inside = np.minimum(np.cumsum(sizes), n)
    return np.concatenate([[0], inside[inside < n], [n]])


def log_ratio_pairs(rng: np.random.Generator, n: int) -> Arguments:
    """Log ratios of benchmarks of up to 24 pairs, some equal, missing, or on the threshold; δ of each."""
    offsets = borders(rng, n, 24)
    delta = rng.choice([0.0, 0.02, 0.05], offsets.size - 1)
    d = np.where(rng.random(n) < 0.3, rng.integers(-3, 8, n) / 64.0, rng.normal(0.02, 0.05, n))
    tied = rng.random(n) < 0.1
    d[tied] = np.log1p(np.repeat(delta, np.diff(offsets)))[tied]
    d[rng.random(n) < 0.1] = np.nan
    d[rng.random(n) < 0.02] = np.inf
    return offsets, d, delta.tolist(), 0.99


def pair_counts(rng: np.random.Generator, n: int) -> Arguments:
    """Of up to 24 pairs, how many lie above and below a threshold, some on it; and the confidence."""
    above, below, on = rng.integers(0, 13, n), rng.integers(0, 11, n), rng.integers(0, 2, n)
    return above + below + on, above, below, 0.99


def p_values(rng: np.random.Generator, n: int) -> Arguments:
    """Some of them equal, 0, 1 or missing."""
    p = np.where(rng.random(n) < 0.5, rng.random(n) ** 3, rng.integers(0, 9, n) / 8.0)
    p[rng.random(n) < 0.1] = np.nan
    return (p,)


def past_estimates(rng: np.random.Generator, n: int) -> Arguments:
    """The median log ratios of n runs in which nothing had changed, some missing; and δ₀."""
    estimates = 0.02 * rng.standard_t(4, size=n) * rng.choice([0.2, 1.0, 3.0])
    estimates[rng.random(n) < 0.1] = np.nan
    return estimates, 0.05


def histories(rng: np.random.Generator, n: int) -> Arguments:
    """Series of up to 40 points with steps, ties and missing values; a test that is soon done; seeds."""
    offsets = borders(rng, n, 40)
    values = rng.normal(size=n) + 4.0 * np.cumsum(rng.random(n) < 0.05)
    values = np.where(rng.random(n) < 0.5, np.round(values), values)
    values[rng.random(n) < 0.1] = np.nan
    values[rng.random(n) < 0.02] = np.inf
    seeds = rng.integers(0, 2**64, offsets.size - 1, dtype=np.uint64)
    return offsets, values, 0.1, 19, int(rng.integers(2, 5)), seeds.tolist()


def stepping_series(rng: np.random.Generator, n: int) -> Arguments:
    """Series of 100 points of which every other one has a step of 3 standard deviations."""
    values = rng.normal(size=(n // 100, 100))
    values[::2, 60:] += 3.0
    return np.arange(0, n + 1, 100), values.ravel()


def even_pairs(rng: np.random.Generator, n: int) -> Arguments:
    """Benchmarks of 8, 12, … 24 pairs with spreads of 2 %, and a δ of 5 %."""
    offsets = np.cumsum([0, *rng.choice([8, 12, 16, 20, 24], n // 16)])
    return offsets, rng.normal(0.04, 0.02, offsets[-1]), 0.05
