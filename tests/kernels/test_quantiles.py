"""Exact quantiles of groups: NumPy's, to the bit, whatever the order, the distribution and the layout."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.kernels.quantiles import group_quantiles
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.testing import assert_allclose, assert_array_equal

from tests.kernels.strategies import deterministic

LEVELS = (0.0, 0.05, 0.25, 0.5, 0.95, 0.99, 1.0)
# Every float, with ties, zeros of both signs, denormals, and what is not measured.
odd = st.one_of(
    st.floats(width=32), st.sampled_from([0.0, -0.0, 1.0, -1.0, np.inf, -np.inf, np.nan, 1e-45, 3e38])
)

SHAPES = {
    "lognormal": lambda rng, n: rng.lognormal(size=n),
    "narrow": lambda rng, n: 1.0 + 1e-9 * rng.normal(size=n),
    "around zero": lambda rng, n: rng.normal(size=n),
    "all negative": lambda rng, n: -rng.exponential(size=n),
    "few values": lambda rng, n: rng.integers(0, 4, n) / 2.0,
    "constant": lambda rng, n: np.full(n, 7.25),
    "heavy tails": lambda rng, n: rng.standard_cauchy(n) * 10.0 ** rng.integers(-30, 30, n),
    "two far clusters": lambda rng, n: rng.choice([1e-30, 1e30], n) * (1 + 1e-6 * rng.random(n)),
    "one outlier": lambda rng, n: np.where(np.arange(n) == n // 2, 1e37, rng.random(n)),
}


def by_numpy(ids: np.ndarray, x: np.ndarray, groups: int, q: tuple[float, ...]) -> np.ndarray:
    found = np.full((groups, len(q)), np.nan)
    for g in range(groups):
        group = x[(ids == g) & np.isfinite(x)].astype(np.float64)
        if group.size:
            found[g] = np.quantile(group, q)
    return found


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(("n", "groups"), [(900, 3), (900, 300)])
def test_bits_are_numpys(shape: str, n: int, groups: int, dtype: type) -> None:
    """Groups of a few and of hundreds of values have NumPy's quantiles, to the bit."""
    rng = np.random.default_rng(5)
    x, ids = SHAPES[shape](rng, n).astype(dtype), rng.integers(0, groups, n)
    found = group_quantiles(ids, x, groups, LEVELS)
    assert_array_equal(found[0], by_numpy(ids, x, groups, LEVELS))


@deterministic
@given(x=arrays(np.float32, st.integers(0, 70), elements=odd), seed=st.integers(0, 99))
def test_any_floats_in_any_order(x: np.ndarray, seed: int) -> None:
    """Any float32 has its place; another order of rows gives the same bits, a zero of one sign included."""
    rng = np.random.default_rng(seed)
    ids, order = rng.integers(0, 2, x.size), rng.permutation(x.size)
    found = group_quantiles(ids, x, 2, LEVELS)
    with np.errstate(over="ignore"):
        assert_array_equal(found[0], by_numpy(ids, x, 2, LEVELS))
    assert group_quantiles(ids[order], x[order], 2, LEVELS).tobytes() == found.tobytes()


@deterministic
@given(x=arrays(np.float64, st.integers(1, 40), elements=st.floats(-1e150, 1e150)))
def test_quantiles_rise_between_the_extremes(x: np.ndarray) -> None:
    """A higher level never gives less; 0 and 1 are the smallest and the largest."""
    found = group_quantiles(np.zeros(x.size, np.int32), x, 1, LEVELS)[0, 0]
    assert (found[0], found[-1]) == (x.min(), x.max())
    assert (np.diff(found) >= -1e-15 * np.abs(x).max()).all()


def test_by_hand() -> None:
    """Of 1, 2, 4, 8 the median is 3 and the 95th percentile 7.4; a group without values has none."""
    found = group_quantiles([1, 1, 1, 1, 2], [8.0, 1.0, 4.0, 2.0, np.nan], 3, [0.5, 0.95])
    assert_allclose(found[0, 1], [3.0, 7.4], rtol=1e-15)
    assert np.isnan(found[0, [0, 2]]).all()


def test_levels_in_any_order_and_none() -> None:
    """Levels come back in the order they were asked for; none are fine."""
    assert group_quantiles([0, 0], [1.0, 3.0], 1, [1.0, 0.0])[0, 0].tolist() == [3.0, 1.0]
    assert group_quantiles([0, 0], [1.0, 3.0], 1, []).shape == (1, 1, 0)


@pytest.mark.parametrize("q", [[-0.1], [1.1], [np.nan], [0.5, 95.0]])
def test_levels_that_are_none(q: list[float]) -> None:
    """A level below 0, above 1 or NaN is refused; percent are not meant."""
    with pytest.raises(ValueError, match="q must lie between 0 and 1"):
        group_quantiles([0], [1.0], 1, q)
