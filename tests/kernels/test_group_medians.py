"""Medians with the quantiles around them, of small groups in lanes and of large ones by bounds."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.kernels.group_medians import group_medians
from fitment.kernels.resample_medians import REACHES


@pytest.mark.parametrize("groups", [1, 40, 700])
def test_they_are_numpys_quantiles(groups: int) -> None:
    """To the last bits, whatever the size of a group: the fewer values, the farther apart the levels are."""
    rng = np.random.default_rng(groups)
    ids = rng.integers(0, groups, 4000).astype(np.int32)
    x = np.exp(rng.normal(size=4000)) * np.where(rng.random(4000) < 0.3, 8.0, 1.0)
    found = group_medians(ids, [x], groups)
    for g in range(groups):
        own = x[ids == g]
        levels = np.clip(0.5 + np.array(REACHES) / np.sqrt(max(1, own.size)), 0.0, 1.0)
        expected = np.quantile(own, levels) if own.size else np.full(4, np.nan)
        np.testing.assert_allclose(found.around[:, 0, g], expected, rtol=1e-14)
        assert found.count[0, g] == own.size
        if own.size:
            assert found.median[0, g] == np.quantile(own, 0.5)
