"""Other ways to rank correlations and to resampled counts."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import stats


def scipy_correlations(prepared: Any) -> dict[str, list[float]]:
    """SciPy's two functions, pair by pair."""
    columns, pairs, _ = prepared
    return {
        "n": [columns.shape[1] for _ in pairs],
        "spearman": [stats.spearmanr(columns[i], columns[j]).statistic for i, j in pairs],
        "kendall": [stats.kendalltau(columns[i], columns[j]).statistic for i, j in pairs],
    }


def numpy_counts(prepared: Any) -> np.ndarray:
    """The same distribution from NumPy's generator."""
    counts, key = prepared
    return np.random.default_rng(key).multinomial(counts.sum(), counts / counts.sum())
