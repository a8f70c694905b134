"""One group's moments in one pass, where its first value is like the others, and where it isn't."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.kernels.group_statistics import group_statistics
from fitment.kernels.group_summary import moments_of
from numpy.testing import assert_allclose, assert_array_equal


@pytest.mark.parametrize("first", [1.0, 1.5, -1e6, 1e9])
def test_first_value_is_only_a_shift(first: float) -> None:
    """One value far from all others costs no digit, wherever it stands."""
    x = np.append(first, 1.0 + 1e-3 * np.random.default_rng(3).normal(size=499))
    size, mean, squares = moments_of(x.copy())
    deviations = np.longdouble(x) - np.longdouble(x).mean()
    assert size == 500
    assert_allclose(mean, x.mean(), rtol=1e-14)
    assert_allclose(squares, float((deviations**2).sum()), rtol=1e-13)


def test_gaps_are_left_out() -> None:
    """NaN and infinities count for nothing; what is measured moves to the front, in its order."""
    x = np.array([np.nan, 3.0, np.inf, 1.0, -np.inf, 5.0])
    assert moments_of(x) == (3, 3.0, 8.0)
    assert x[:3].tolist() == [3.0, 1.0, 5.0]
    assert np.isnan(moments_of(np.full(2, np.nan))[1])
    assert moments_of(np.empty(0))[0] == 0


@pytest.mark.parametrize("shape", ["normal", "standard_cauchy", "exponential", "constant", "two values"])
def test_wherever_a_quantile_lies(shape: str) -> None:
    """Where normal numbers would have it, and far from there."""
    rng = np.random.default_rng(8)
    columns = {"constant": np.full((3, 2000), 0.1), "two values": rng.choice([-1e30, 1e30], (3, 2000))}
    x = columns[shape] if shape in columns else getattr(rng, shape)(size=(3, 2000))
    found = group_statistics(np.arange(2000) % 4, x, 4)
    for name, q in (("median", 0.5), ("p95", 0.95), ("p99", 0.99)):
        expected = [np.quantile(x[:, g::4], q, axis=1) for g in range(4)]
        assert_array_equal(getattr(found, name), np.stack(expected, axis=1))
