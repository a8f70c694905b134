"""P-values adjusted for how many were asked for."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.kernels.false_discovery import adjusted_p_values
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

P_VALUES = st.lists(st.floats(0.0, 1.0), max_size=30)


def test_by_hand() -> None:
    """p·m/k, and never more than what a larger p has: .01, .02, .03, .005 of four."""
    assert adjusted_p_values([0.01, 0.04, 0.03, 0.005]).tolist() == pytest.approx([0.02, 0.04, 0.04, 0.02])


def test_published_example() -> None:
    """Of the 15 tests of Benjamini and Hochberg 1995, §3.2, the four smallest are found at 5 %."""
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719]
    p += [0.6528, 0.7590, 1.0000]
    assert (adjusted_p_values(p) <= 0.05).tolist() == [True] * 4 + [False] * 11


@given(P_VALUES)
def test_the_same_as_scipys(p: list[float]) -> None:
    """SciPy gives the same."""
    expected = stats.false_discovery_control(p) if p else []
    np.testing.assert_allclose(adjusted_p_values(p), expected, rtol=1e-15)


@given(P_VALUES, st.lists(st.integers(0, 29), max_size=5))
def test_what_was_not_tested_is_no_member(p: list[float], at: list[int]) -> None:
    """NaN stays NaN and leaves the others as they would be without it."""
    with_gaps = list(p)
    for i in at:
        with_gaps.insert(i, np.nan)
    found, known = adjusted_p_values(with_gaps), ~np.isnan(with_gaps)
    np.testing.assert_array_equal(found[known], adjusted_p_values(p))
    assert np.isnan(found[~known]).all()


@given(P_VALUES)
def test_bounds_order_and_ties(p: list[float]) -> None:
    """Adjusted p lie between p and 1, in the order of p, and equal p have equal ones."""
    p = [round(x, 1) for x in p]
    found = adjusted_p_values(p)
    assert ((found >= p) & (found <= 1.0)).all()
    for value in set(p):
        assert len({a for a, b in zip(found, p, strict=True) if b == value}) == 1
    assert (np.diff(found[np.argsort(p)]) >= 0.0).all()


def test_the_rate_of_false_discoveries_is_held() -> None:
    """With 15 of 20 tests about nothing, the mean share of false ones among those found is at most 5 %."""
    rng = np.random.default_rng(0)
    shares, found_at_all = [], 0
    for _ in range(4000):
        z = rng.normal(size=20)
        z[:5] += 3.0
        found = adjusted_p_values(stats.norm.sf(z)) <= 0.05
        shares.append(found[5:].sum() / max(1, found.sum()))
        found_at_all += found[:5].sum()
    assert np.mean(shares) <= 0.05
    assert found_at_all / (4000 * 5) > 0.7


@pytest.mark.parametrize("p", [[-0.1], [1.1, 0.5], [np.inf], [-np.inf, np.nan]])
def test_what_is_no_probability_is_refused(p: list[float]) -> None:
    """Values outside [0, 1] can't be p-values."""
    with pytest.raises(ValueError, match="p_values must lie between 0 and 1"):
        adjusted_p_values(p)
