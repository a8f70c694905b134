"""Values between two bounds: those and no others, in their order, and the right one of them."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.kernels.jit import uncounted
from fitment.kernels.windows import LINE, MOST_PICKED, pack_between, pick_both, quantile_between
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.testing import assert_array_equal

from tests.kernels.strategies import deterministic

odd = st.one_of(st.floats(-3, 3, width=32), st.sampled_from([0.0, -0.0, 1.0, 1e-45, -3e38, 3e38]))


@uncounted
def packed_between(x, low, high, packed):  # type: ignore[no-untyped-def]
    return pack_between(x, low, high, packed)


@uncounted
def picked(x, size, k):  # type: ignore[no-untyped-def]
    return pick_both(x, size, k)


def with_room(x: np.ndarray) -> np.ndarray:
    """``x`` with a line of others after it, as it lies in a bucket."""
    return np.concatenate([x, np.full(LINE, 0.5, x.dtype)])[: x.size]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("n", [0, 1, 7, 8, 9, 15, 16, 17, 100])
def test_what_lies_between_is_packed(n: int, dtype: type) -> None:
    """Above the lower bound and up to the upper one, in order; nothing after the column is seen."""
    x = np.random.default_rng(n).integers(-3, 4, n).astype(dtype)
    packed = np.empty(n + LINE, dtype)
    below, kept = packed_between(with_room(x), dtype(-1), dtype(2), packed)
    assert below == (x <= -1).sum()
    assert_array_equal(packed[:kept], x[(x > -1) & (x <= 2)])


@deterministic
@given(x=arrays(np.float32, st.integers(1, 70), elements=odd), data=st.data())
def test_the_right_one_is_picked(x: np.ndarray, data: st.DataObject) -> None:
    """The k-th smallest and its successor, with ties and zeros of both signs, in either width."""
    k = data.draw(st.integers(0, x.size - 1))
    ascending = np.sort(x)
    for dtype in (np.float32, np.float64):
        room = np.concatenate([x.astype(dtype), np.full(LINE, np.inf, dtype)])
        first, second = picked(room, x.size, k)
        assert first == ascending[k]
        assert k + 1 == x.size or second == ascending[k + 1]


@pytest.mark.parametrize(("low", "high"), [(-0.5, 0.5), (-0.05, 0.05), (0.5, 2.0), (-9.0, 9.0), (0.0, 0.0)])
def test_a_quantile_or_nothing(low: float, high: float) -> None:
    """NumPy's quantile if it lies there, and NaN if it doesn't or too many values do."""
    x = with_room(np.random.default_rng(1).normal(size=501).astype(np.float32))
    packed = np.empty(x.size + LINE, np.float32)
    for q in (0.0, 0.45, 0.5, 0.501, 1.0):
        found = quantile_between(x, q, low, high, packed)
        expected = np.quantile(x.astype(float), q)
        few = ((x > low) & (x <= high)).sum() <= MOST_PICKED
        inside = low < np.quantile(x, q, method="lower") and np.quantile(x, q, method="higher") <= high
        assert found == expected if few and inside else np.isnan(found)
