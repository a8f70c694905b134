from __future__ import annotations

import numpy as np
import pytest
from fitment.registry.changes.empirical_null import common_shift, robust_sd
from scipy import stats


def test_shift_and_scatter_of_most() -> None:
    """A tenth that really changed moves neither the median nor the MAD far."""
    rng = np.random.default_rng(3)
    y = 0.05 + 0.04 * rng.standard_normal(1000)
    y[:100] += 1.0
    found = common_shift(y)
    assert found.value == pytest.approx(0.05, abs=0.01)
    assert robust_sd(y) == pytest.approx(0.04, rel=0.2)


def test_the_interval_is_of_two_order_statistics() -> None:
    """Against scipy's binomial quantile; with five changes there is none."""
    y = np.arange(724.0)
    found = common_shift(y)
    rank = int(stats.binom.ppf(0.025, 724, 0.5))
    assert (found.low, found.value, found.high) == (y[rank - 1], 361.5, y[724 - rank])
    assert common_shift(np.arange(5.0)).low is None
    assert common_shift(np.arange(6.0)).low == 0.0


def test_no_scatter_at_all() -> None:
    """Equal changes scatter by 0."""
    assert robust_sd(np.full(40, 0.3)) == 0.0
