"""Random mixes of models for the kernels of the table: ``(rng, n)`` gives n groups, or candidates."""

from __future__ import annotations

import numpy as np

from tests.kernels.inputs import Arguments, drawn_candidates


def workload_mix(rng: np.random.Generator, n: int) -> Arguments:
    """Of n groups and four hardware, what runs, components, scores; weights, shares, spending, c(n)."""
    runs = rng.random((n, 4)) < rng.choice([0.3, 0.9, 1.0])
    parts = np.where(runs & (rng.random((3, n, 4)) < 0.98), 1.0 - 0.9 * rng.random((3, n, 4)), np.nan)
    weights = (
        np.array([0.3, 0.2, 0.1, 0.2, 0.2]) if rng.random() < 0.5 else np.array([0.5, 0.3, 0.2, 0.0, 0.0])
    )
    spent = np.where(runs & (rng.random((2, n, 4)) < 0.98), 1.0 + rng.random((2, n, 4)), np.nan)
    of_group = np.where(runs, rng.random((n, 4)), np.nan)
    sure = rng.choice([0.6, 0.7, 1.0], (n, 4))
    return runs, parts, of_group, weights, 0.1 + rng.random(n), spent, rng.random((2, n)), sure


def mixes_drawn(rng: np.random.Generator, n: int) -> Arguments:
    """A mix of n groups and four hardware in eleven draws, in some of which some of them don't run."""
    runs = (rng.random((n, 4, 11)) < rng.choice([0.7, 1.0])) & (rng.random((n, 4, 1)) < 0.9)
    parts = np.where(runs, (1.0 - 0.9 * rng.random((3, n, 4, 11))).round(1), np.nan)
    spent = np.where(runs, 1.0 + rng.random((2, n, 4, 11)), np.nan)
    weights = np.array([0.3, 0.2, 0.1, 0.2, 0.2])
    sure = rng.choice([0.6, 1.0], (n, 4, 11))
    return runs, parts, weights, 0.1 + rng.random(n), spent, rng.random((2, n, 11)), sure


def limited_candidates(rng: np.random.Generator, n: int) -> Arguments:
    """Offsets of hardware, draws of their n candidates, weights, capacities, who is allowed when, c(n)."""
    offsets, draws, weights, _, capacity = drawn_candidates(rng, n)
    allowed = rng.random((n, 11)) < rng.choice([0.5, 1.0])
    return offsets, draws, weights, capacity, allowed, rng.choice([0.6, 0.7, 1.0], n)
