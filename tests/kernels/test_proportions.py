"""Shares with an interval that stays within 0 and 1."""

from __future__ import annotations

import math

import pytest
from fitment.kernels.proportions import wilson_interval
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tests.kernels.strategies import deterministic


def test_published_examples() -> None:
    """81 of 263 lie within .2553 and .3662, 0 of 20 below .1611 (Newcombe 1998, table I, method 3)."""
    assert wilson_interval(81, 263).low == pytest.approx(0.2553, abs=5e-5)
    assert wilson_interval(81, 263).high == pytest.approx(0.3662, abs=5e-5)
    assert wilson_interval(0, 20).low == 0.0
    assert wilson_interval(0, 20).high == pytest.approx(0.1611, abs=5e-5)


@deterministic
@given(st.integers(1, 10**6), st.floats(0, 1), st.sampled_from([0.8, 0.95, 0.999]))
def test_the_same_as_scipys(n: int, share: float, confidence: float) -> None:
    """SciPy gives the same, within 0 and 1, around the share."""
    hits = round(share * n)
    found = wilson_interval(hits, n, confidence)
    expected = stats.binomtest(hits, n).proportion_ci(confidence, method="wilson")
    assert (found.low, found.high) == (
        pytest.approx(expected.low, rel=1e-9, abs=1e-12),
        pytest.approx(expected.high, rel=1e-9, abs=1e-12),
    )
    assert 0.0 <= found.low <= found.centre <= found.high <= 1.0


def test_of_none_nothing_is_known() -> None:
    """0 of 0 is no share."""
    found = wilson_interval(0, 0)
    assert all(map(math.isnan, (found.low, found.centre, found.high)))


@pytest.mark.parametrize(("hits", "n"), [(3, 2), (-1, 2), (0, -1)])
def test_what_is_no_count_is_refused(hits: int, n: int) -> None:
    """More hits than there are, or fewer than none."""
    with pytest.raises(ValueError, match="must be at"):
        wilson_interval(hits, n)
