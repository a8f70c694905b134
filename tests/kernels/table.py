"""Every function of kernels/ with its slow twin, its rivals and its arguments.

This table drives the tests and the benchmarks: a kernel that is not here fails the tests.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
from fitment.kernels import formulae, scores

from tests.kernels import naive, rivals

TOLERANCE = 4e-16  # relative: one rounding; the twins compute in the same order

Arguments = tuple[Any, ...]


@dataclass(frozen=True)
class Entry:
    """One kernel: ``twin`` takes the same arguments as lists, ``rivals`` take ``rival_arguments``."""

    kernel: Callable[..., Any]
    twin: Callable[..., Any]
    arguments: Callable[[np.random.Generator, int], Arguments]
    rivals: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    comparable: Callable[..., Any] | None = None  # the kernel as its rivals are called


def column(rng: np.random.Generator, n: int, missing: float = 0.1) -> np.ndarray:
    values = rng.lognormal(size=n)
    values[rng.random(n) < missing] = np.nan
    return values


def fractions(rng: np.random.Generator, n: int) -> np.ndarray:
    return rng.integers(0, 8, n) / 8.0


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


def score_mixed(offsets, t, latency, m, n, weights, modes, capacity) -> dict[str, Any]:
    found = scores.score_groups(offsets, t, latency, m, n, weights, memory_mode=modes, capacity=capacity)
    return asdict(found)


def score_default(*arguments: Any) -> np.ndarray:
    return scores.score_groups(*arguments).suitability


KERNELS: dict[str, Entry] = {
    "measured": Entry(formulae.measured, naive.measured, lambda r, n: (column(r, n),)),
    "throughput_component": Entry(
        formulae.throughput_component, naive.throughput_component, lambda r, n: (column(r, n),)
    ),
    "latency_component": Entry(
        formulae.latency_component, naive.latency_component, lambda r, n: (column(r, n),)
    ),
    "memory_relative": Entry(formulae.memory_relative, naive.memory_relative, lambda r, n: (column(r, n),)),
    "memory_range": Entry(formulae.memory_range, naive.memory_range, lambda r, n: (column(r, n),)),
    "memory_headroom": Entry(
        formulae.memory_headroom, naive.memory_headroom, lambda r, n: (column(r, n), column(r, n) * 3)
    ),
    "complete": Entry(formulae.complete, naive.complete, lambda r, n: (column(r, n, missing=0.02),)),
    "normalise_weights": Entry(
        formulae.normalise_weights, naive.normalise_weights, lambda r, n: (r.random(3),)
    ),
    "drop_criteria": Entry(
        formulae.drop_criteria, naive.drop_criteria, lambda r, n: (r.random(3), r.random(3) < 0.6)
    ),
    "competition_ranks": Entry(
        formulae.competition_ranks,
        naive.competition_ranks,
        lambda r, n: (np.where(r.random(n) < 0.2, np.nan, fractions(r, n)),),
    ),
    "weighted_sum": Entry(
        formulae.weighted_sum,
        naive.weighted_sum,
        lambda r, n: (*(column(r, n) for _ in range(3)), 0.25, *r.choice([0.0, 0.25, 0.5], 2).tolist()),
    ),
    "confidence": Entry(formulae.confidence, naive.confidence, lambda r, n: (r.integers(0, 12, n),)),
    "suitability": Entry(
        formulae.suitability, naive.suitability, lambda r, n: (column(r, n), fractions(r, n))
    ),
    "score_groups": Entry(
        score_mixed,
        naive.score_groups,
        mixed_matrix,
        rivals={
            "numpy_all_at_once": rivals.numpy_all_at_once,
            "numpy_group_by_group": rivals.numpy_group_by_group,
            "duckdb_windows": rivals.duckdb_windows,
        },
        comparable=score_default,
    ),
}
# Stated for numbers and arrays alike; each is one line, held by the functions above that use it.
ELEMENTARY = {
    "is_measured",
    "share_of_largest",
    "share_of_smallest",
    "place_in_range",
    "free_share",
    "shares",
}
