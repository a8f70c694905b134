"""Order statistics by counting: keys are in the order of their numbers, and pivots always arrive."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.kernels.order_statistics import fold, pair_at, whole_blocks
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.testing import assert_array_equal

from tests.kernels.strategies import deterministic

KEYS = st.one_of(st.integers(-(2**63), 2**63 - 2), st.integers(-3, 3), st.just(-(2**63)))


@pytest.mark.parametrize(("floats", "integers"), [(np.float32, np.int32), (np.float64, np.int64)])
def test_keys_are_in_the_order_of_numbers(floats: type, integers: type) -> None:
    """Keys rise as numbers do, both zeros have the same one, and a key gives its number back."""
    tiny = np.finfo(floats).smallest_subnormal
    x = np.array([-np.inf, -2.0, -1.0, -tiny, -0.0, 0.0, tiny, 1.0, 1.5, np.inf], floats)
    keys = x.view(integers).copy()
    fold(keys)
    assert (np.sign(np.diff(keys.astype(object))) == np.sign(np.diff(x))).tolist() == [
        step != 4 or keys[4] == keys[5] for step in range(x.size - 1)
    ]
    fold(keys)
    assert_array_equal(keys.view(floats), x)


@deterministic
@given(keys=arrays(np.int64, st.integers(1, 40), elements=KEYS), data=st.data())
def test_any_guess_finds_the_pair(keys: np.ndarray, data: st.DataObject) -> None:
    """The k-th smallest key and its successor are found from any first pivots, near or far."""
    k = data.draw(st.integers(0, keys.size - 1))
    guess, other = sorted(data.draw(st.tuples(KEYS, KEYS)))
    padded = np.full(whole_blocks(keys.size), 2**63 - 1)
    padded[: keys.size] = keys
    ascending = np.sort(keys)
    low, high = np.int64(ascending[0]), np.int64(ascending[-1])
    first, second = pair_at(padded, keys.size, k, low, high, np.int64(guess), np.int64(other))
    assert first == ascending[k]
    assert k + 1 == keys.size or second == ascending[k + 1]
