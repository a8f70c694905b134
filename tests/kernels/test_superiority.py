"""P(A > B)."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.kernels.superiority import superiority
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

SMALL = st.floats(-5.0, 5.0)
SPREAD = st.floats(1e-6, 1.0)
DEGREES = st.floats(1.0, 50.0)


def of(a: tuple[float, ...], b: tuple[float, ...], **options: bool) -> float:
    return float(superiority(*([x] for x in a), *([x] for x in b), **options)[0])


def test_welch_of_two_samples() -> None:
    """With V = s²/n and n − 1 degrees it is SciPy's one-sided test of unequal variances."""
    rng = np.random.default_rng(0)
    a, b = rng.normal(0.3, 1.0, 7), rng.normal(0.0, 3.0, 5)
    expected = 1.0 - stats.ttest_ind(a, b, equal_var=False, alternative="greater").pvalue
    sides = [(x.mean(), x.var(ddof=1) / x.size, x.size - 1.0) for x in (a, b)]
    assert of(*sides) == pytest.approx(expected)


@given(SMALL, SPREAD, DEGREES, SMALL, SPREAD, DEGREES)
def test_one_of_them_is_better(a: float, v: float, n: float, b: float, w: float, m: float) -> None:
    """P(A > B) + P(B > A) = 1, and lower-is-better turns it round."""
    there = of((a, v, n), (b, w, m))
    assert 0.0 <= there <= 1.0
    assert there + of((b, w, m), (a, v, n)) == pytest.approx(1.0)
    assert of((a, v, n), (b, w, m), lower_is_better=True) == pytest.approx(1.0 - there)
    assert of((a + 0.1, v, n), (b, w, m)) >= there


def test_without_noise() -> None:
    """Both variances 0: the larger is surely better, equal ones are even."""
    none = (0.0, 4.0)
    assert [of((a, *none), (0.0, *none)) for a in (1.0, 0.0, -1.0)] == [1.0, 0.5, 0.0]


@pytest.mark.filterwarnings("error")
def test_variances_beyond_a_sum() -> None:
    """The largest variances tell nothing, with any degrees of freedom, and warn of nothing."""
    huge = np.finfo(np.float64).max
    assert of((1.0, huge, np.inf), (0.0, huge, 3.0)) == 0.5


def test_what_is_missing_stays_missing() -> None:
    """NaN anywhere is NaN in that row alone."""
    columns = np.ones((6, 7))
    columns[np.arange(6), np.arange(6)] = np.nan
    found = superiority(*columns)
    assert np.isnan(found[:6]).all()
    assert found[6] == 0.5


@pytest.mark.parametrize(
    ("place", "value", "what"), [(1, -1.0, "variances"), (4, np.inf, "variances"), (5, 0.0, "degrees")]
)
def test_what_cannot_be_is_refused(place: int, value: float, what: str) -> None:
    """A negative or infinite variance, or no degrees of freedom."""
    columns = [[1.0] for _ in range(6)]
    columns[place] = [value]
    with pytest.raises(ValueError, match=what):
        superiority(*columns)
