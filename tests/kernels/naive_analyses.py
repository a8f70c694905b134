"""The slow obvious twins of what the analyses of a lineage compute, as ``naive.py`` has those of all else."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import combinations, permutations
from statistics import NormalDist

from tests.kernels.naive import NAN, stream_keys
from tests.kernels.naive_ranks import resampled_counts


def best_order(weights: Sequence[Sequence[float]]) -> dict[str, object]:
    """By trying all n! of them; those come in the order of the numbers."""

    def agreement(order: Sequence[int]) -> float:
        return sum(weights[i][j] for i, j in combinations(order, 2))

    orders = list(permutations(range(len(weights))))
    most = max(map(agreement, orders))
    best = [order for order in orders if agreement(order) == most]
    return {"order": list(best[0]), "agreement": most, "orders": len(best)}


def wilson_interval(hits: int, n: int) -> dict[str, float]:
    """The least and the largest share that is at most z standard errors away, by halving."""
    if n == 0:
        return {"low": NAN, "centre": NAN, "high": NAN}
    z, found = NormalDist().inv_cdf(0.975), hits / n

    def holds(p: float) -> bool:
        return abs(found - p) <= z * math.sqrt(p * (1 - p) / n)

    return {
        "low": found if holds(0.0) else _border(0.0, found, holds),
        "centre": found,
        "high": found if holds(1.0) else _border(1.0, found, holds),
    }


def _border(outside: float, inside: float, holds: Callable[[float], bool]) -> float:
    for _ in range(200):
        middle = (outside + inside) / 2
        outside, inside = (outside, middle) if holds(middle) else (middle, inside)
    return inside


def cluster_mean_interval(
    sums: Sequence[float], counts: Sequence[int], replicates: int, seed: int
) -> dict[str, float]:
    """Each replicate as how often each kind of cluster is drawn."""
    clusters = [(s, n) for s, n in zip(sums, counts, strict=True) if n]
    if not clusters:
        return {"low": NAN, "centre": NAN, "high": NAN}

    def mean(of: Sequence[tuple[float, int]]) -> float:
        return sum(s for s, _ in of) / sum(n for _, n in of)

    if len(clusters) == 1:
        return {"low": NAN, "centre": mean(clusters), "high": NAN}
    alike = sorted(set(clusters))
    times = [clusters.count(each) for each in alike]
    means = []
    for key in stream_keys(seed, range(replicates)):
        drawn = zip(alike, resampled_counts(times, key), strict=True)
        means.append(mean([cluster for cluster, n in drawn for _ in range(n)]))
    means.sort()
    low, high = (_quantile(means, p) for p in (0.025, 0.975))
    return {"low": low, "centre": mean(clusters), "high": high}


def _quantile(x: Sequence[float], p: float) -> float:
    place = p * (len(x) - 1)
    below = int(place)
    above = min(below + 1, len(x) - 1)
    return x[below] + (x[above] - x[below]) * (place - below)
