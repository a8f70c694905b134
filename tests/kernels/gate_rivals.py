"""Other ways to what the regression gate computes: SciPy for pairs and p-values, NumPy for change points."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from fitment.kernels.counter_random import below, high_half, word
from scipy import stats

CONFIDENCE = 0.99


def scipy_each_benchmark(prepared):
    """SciPy's interval of a median and its binomial test, benchmark by benchmark."""
    offsets, d, delta = prepared
    rows = []
    for a, b in pairwise(offsets):
        pairs = d[a:b]
        limits = stats.quantile_test(pairs, q=0.0, p=0.5).confidence_interval(CONFIDENCE)
        above = int((pairs > np.log1p(delta)).sum())
        p = stats.binomtest(above, b - a, 0.5, alternative="greater").pvalue
        rows.append((np.median(pairs), limits.low, limits.high, p))
    return np.array(rows).T


def as_matrix(offsets, d, delta):
    """A row for each benchmark, NaN behind its last pair."""
    sizes = np.diff(offsets)
    matrix = np.full((sizes.size, sizes.max()), np.nan)
    matrix[np.arange(sizes.max()) < sizes[:, None]] = d
    return sizes, matrix, delta


def scipy_all_at_once(prepared):
    """SciPy's binomial distribution over all benchmarks together, on a sorted matrix."""
    n, d, delta = prepared
    ordered, rows = np.sort(d, axis=1), np.arange(n.size)
    rank = stats.binom.ppf((1.0 - CONFIDENCE) / 2.0, n, 0.5).astype(int)  # exact for n ≥ 8
    median = (ordered[rows, (n - 1) // 2] + ordered[rows, n // 2]) / 2.0
    p = stats.binom.sf((d > np.log1p(delta)).sum(axis=1) - 1, n, 0.5)
    return np.stack([median, ordered[rows, rank - 1], ordered[rows, n - rank], p])


def numpy_change_points(prepared):
    """E-divisive by NumPy, a hundred permutations at a time, the same ones, with seed 0 and level .001."""
    offsets, values = prepared
    found, ends = [], [0]
    for a, b in pairwise(offsets):
        found += _steps(values[a:b], 0, b - a)
        ends.append(len(found))
    index, p = np.array(found).reshape(-1, 2).T
    return {"offsets": np.array(ends), "index": index.astype(int), "p_value": p}


def _steps(series, start, end):
    x = series[start:end]
    distances = np.abs(x[:, None] - x).sum(axis=1)
    best, at = (found[0] for found in _best_splits(x[None, :], distances[None, :]))
    if best <= 0.0:
        return []
    least = best - 1e-9 * distances.sum() / (x.size + 1)
    key = np.zeros(1, np.uint64)
    for border in (start, end):
        key = word(key, np.array([border], np.uint64))
    for first in range(1, 1000, 100):
        orders = _orders(key, np.arange(first, min(first + 100, 1000)), x.size)
        if (_best_splits(x[orders], distances[orders])[0] >= least).any():
            return []
    middle = start + at
    return [*_steps(series, start, middle), (middle, 0.001), *_steps(series, middle, end)]


def _best_splits(x, distances):
    """The largest Q of each row and where its second side starts; 0 where a row is too short."""
    n = x.shape[1]
    if n < 6:
        return np.zeros(x.shape[0]), np.zeros(x.shape[0], int)
    earlier = np.tril(np.abs(x[:, :, None] - x[:, None, :])).sum(axis=2)
    before, across = np.cumsum(earlier, axis=1), np.cumsum(distances - 2.0 * earlier, axis=1)
    after = before[:, -1:] - before - across
    a = np.arange(3, n - 2)
    b = n - a
    sides = b / (a - 1) * before[:, a - 1] + a / (b - 1) * after[:, a - 1]
    q = 2.0 * (across[:, a - 1] - sides) / n
    at = q.argmax(axis=1)
    return q[np.arange(q.shape[0]), at], a[at]


def _orders(key, replicates, n):
    keys = word(key, replicates.astype(np.uint64))
    counters = np.arange(n, dtype=np.uint64)
    places = below(high_half(word(keys[:, None], counters)), counters + np.uint64(1)).astype(int)
    orders, rows = np.zeros((replicates.size, n), int), np.arange(replicates.size)
    for i in range(n):
        orders[:, i] = orders[rows, places[:, i]]
        orders[rows, places[:, i]] = i
    return orders
