"""Groups side by side: every lane is sorted by itself, whatever the others hold."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.kernels.group_lanes import LANES, MOST_ROWS, networks, sort_lanes
from fitment.kernels.group_statistics import group_statistics
from numpy.testing import assert_array_equal


@pytest.mark.parametrize("integers", [np.int32, np.int64])
@pytest.mark.parametrize("rows", [*range(10), 17, 31, 32, 33, MOST_ROWS])
def test_every_lane_is_sorted(rows: int, integers: type) -> None:
    """The first rows are in order, lane by lane, and the others as they were."""
    rng = np.random.default_rng(rows)
    keys = rng.integers(-50, 50, (MOST_ROWS, LANES)).astype(integers)
    expected = keys.copy()
    expected[:rows].sort(axis=0)
    exchanges, starts = networks()
    sort_lanes(keys.reshape(-1), exchanges[starts[rows] : starts[rows + 1]])
    assert_array_equal(keys, expected)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_groups_of_every_size(dtype: type) -> None:
    """Groups up to and beyond the largest that lies in a lane, some of their values missing, beside NumPy."""
    rng = np.random.default_rng(4)
    ids = np.repeat(np.arange(MOST_ROWS + 20), np.arange(MOST_ROWS + 20))
    x = np.where(rng.random(ids.size) < 0.1, np.nan, rng.normal(size=ids.size)).astype(dtype)
    found = group_statistics(ids, x, MOST_ROWS + 20)
    for g in range(1, MOST_ROWS + 20):
        kept = x[(ids == g) & np.isfinite(x)].astype(float)
        assert found.count[0, g] == kept.size
        if kept.size:
            assert found.median[0, g] == np.quantile(kept, 0.5)
            assert found.mad[0, g] == np.quantile(abs(kept - np.quantile(kept, 0.5)), 0.5)
