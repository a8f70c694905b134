"""What the project gates by the memory that a call allocates: kernels, and an import.

``make gate`` holds this file and ``gated_steps.py`` against the baselines beside them. What grew on purpose
is recorded anew by ``make gate-record``, and the commit says why.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from fitment import configs
from fitment.kernels.group_statistics import group_statistics
from fitment.kernels.pairs import compare_pairs
from fitment.kernels.scores import score_groups
from fitment.registry.imports import timm

GROUPS, ROWS = 200, 20_000


@pytest.fixture(scope="module")
def columns() -> np.ndarray:
    """float64[3, ROWS] > 0: throughput, latency and memory."""
    return np.random.default_rng(7).lognormal(0.0, 0.2, (3, ROWS))


def test_group_statistics(benchmark: Any, columns: np.ndarray) -> None:
    """Statistics of rows in random order."""
    ids = np.random.default_rng(11).integers(0, GROUPS, ROWS)
    assert benchmark(group_statistics, ids, columns[0], GROUPS).count.sum() == ROWS


def test_scores(benchmark: Any, columns: np.ndarray) -> None:
    """Scores of candidates in groups of 100."""
    offsets, n = np.arange(0, ROWS + 1, 100), np.full(ROWS, 5)
    assert benchmark(score_groups, offsets, *columns, n) is not None


def test_pairs(benchmark: Any, columns: np.ndarray) -> None:
    """The gate's own rule over 1,000 benchmarks."""
    d = np.log(columns[0])
    assert benchmark(compare_pairs, np.arange(0, ROWS + 1, 20), d, 0.05).count.sum() == ROWS


@pytest.mark.benchmark(min_rounds=5)
def test_import(benchmark: Any) -> None:
    """A published file, row by row."""
    path = sorted(configs.path("published/timm").glob("*.csv"))[0]
    assert benchmark(timm.read, path).rows
