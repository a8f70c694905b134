from __future__ import annotations

import math
from statistics import NormalDist

import pytest
from fitment.kernels.student import cdf, density, quantile, upper_tail
from hypothesis import given
from hypothesis import strategies as st

DEGREES = st.floats(0.5, 1000.0)

# NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2: critical values of Student's t.
PUBLISHED = {
    1: (3.078, 6.314, 12.706, 31.821, 63.657, 318.309),
    2: (1.886, 2.920, 4.303, 6.965, 9.925, 22.327),
    3: (1.638, 2.353, 3.182, 4.541, 5.841, 10.215),
    4: (1.533, 2.132, 2.776, 3.747, 4.604, 7.173),
    6: (1.440, 1.943, 2.447, 3.143, 3.707, 5.208),
    8: (1.397, 1.860, 2.306, 2.896, 3.355, 4.501),
    10: (1.372, 1.812, 2.228, 2.764, 3.169, 4.144),
    30: (1.310, 1.697, 2.042, 2.457, 2.750, 3.385),
    100: (1.290, 1.660, 1.984, 2.364, 2.626, 3.174),
    math.inf: (1.282, 1.645, 1.960, 2.326, 2.576, 3.090),
}


@pytest.mark.parametrize("degrees", PUBLISHED)
def test_quantiles_are_those_of_the_published_table(degrees: float) -> None:
    """Each critical value is met to its last printed digit."""
    found = [quantile(p, degrees) for p in (0.90, 0.95, 0.975, 0.99, 0.995, 0.999)]
    assert found == pytest.approx(PUBLISHED[degrees], abs=5.1e-4)


@pytest.mark.parametrize("t", [1e-9, 1e-3, 0.5, 1.0, 2.0, 50.0, 1e6, 1e150])
def test_tails_are_those_of_the_closed_forms(t: float) -> None:
    """1 degree of freedom is Cauchy's distribution and 2 have a root; both hold to the last digits."""
    assert upper_tail(t, 1.0) == pytest.approx(math.atan2(1.0, t) / math.pi, rel=1e-13, abs=0.0)
    root = math.hypot(math.sqrt(2.0), t)
    assert upper_tail(t, 2.0) == pytest.approx(1.0 / root / (root + t), rel=1e-13, abs=0.0)


@pytest.mark.parametrize("degrees", [4, 10, 78, 80, 82, 100, 200, 1000])
def test_tails_are_those_of_the_finite_sums(degrees: int) -> None:
    """For even ν, A(t|ν) = sin θ (1 + cos²θ/2 + 1·3/(2·4) cos⁴θ + …): Abramowitz and Stegun 26.7.4."""
    t = 1.96
    square = degrees / (degrees + t * t)
    terms = [1.0]
    for k in range(1, degrees // 2):
        terms.append(terms[-1] * square * (2 * k - 1) / (2 * k))
    inside = math.sqrt(1.0 - square) * math.fsum(terms)
    assert upper_tail(t, degrees) == pytest.approx((1.0 - inside) / 2.0, rel=2e-12, abs=0.0)


@given(st.floats(-1e6, 1e6), DEGREES)
def test_the_distribution_is_symmetric(t: float, degrees: float) -> None:
    """P(T ≤ t) and P(T ≤ −t) are one together, and the density is even."""
    assert cdf(t, degrees) + cdf(-t, degrees) == pytest.approx(1.0, abs=1e-15)
    assert density(t, degrees) == density(-t, degrees)


@given(st.floats(1e-12, 1.0 - 1e-12), DEGREES)
def test_the_quantile_is_the_inverse(p: float, degrees: float) -> None:
    """The distribution function of the quantile of p is p, and the quantile of 1 − p its negative."""
    assert cdf(quantile(p, degrees), degrees) == pytest.approx(p, rel=1e-11, abs=0.0)
    if p < 0.5:
        assert quantile(1.0 - p, degrees) == pytest.approx(-quantile(p, degrees), rel=1e-3)


@given(st.floats(0.0, 30.0), DEGREES)
def test_the_density_is_the_slope(t: float, degrees: float) -> None:
    """A small step of the distribution function is as large as the density says."""
    step = 1e-4
    slope = (upper_tail(t, degrees) - upper_tail(t + step, degrees)) / step
    assert slope == pytest.approx(density(t + step / 2.0, degrees), rel=1e-4, abs=1e-13)


def test_many_degrees_of_freedom_are_the_normal() -> None:
    """Quantiles fall toward the normal's, by z(z² + 1)/(4ν) where ν is large."""
    z = NormalDist().inv_cdf(0.975)
    assert quantile(0.975, math.inf) == z
    found = [quantile(0.975, degrees) for degrees in (10.0, 100.0, 1e4, 1e6)]
    assert found == sorted(found, reverse=True)
    assert found[-1] - z == pytest.approx(z * (z * z + 1.0) / 4e6, rel=1e-4)
    assert cdf(1.96, math.inf) == pytest.approx(NormalDist().cdf(1.96), rel=1e-14)


def test_the_ends_are_where_they_belong() -> None:
    """Nothing lies beyond infinity, half lies beyond 0, and far quantiles are still found."""
    assert (cdf(math.inf, 3.0), cdf(-math.inf, 3.0), cdf(0.0, 3.0)) == (1.0, 0.0, 0.5)
    assert (upper_tail(math.inf, math.inf), quantile(0.5, 7.0)) == (0.0, 0.0)
    assert quantile(1e-60, 1.0) == pytest.approx(-1e60 / math.pi, rel=1e-12)


@pytest.mark.parametrize(("t", "degrees"), [(0.0, 0.0), (0.0, -1.0), (math.nan, 3.0), (0.0, math.nan)])
def test_what_is_no_question_is_refused(t: float, degrees: float) -> None:
    """NaN, and degrees of freedom that are not > 0, give an error and no number."""
    with pytest.raises(ValueError, match="degrees of freedom"):
        upper_tail(t, degrees)


@pytest.mark.parametrize("p", [0.0, 1.0, -0.1, 1.1, math.nan])
def test_quantiles_are_of_probabilities(p: float) -> None:
    """0 and 1 have no finite quantile."""
    with pytest.raises(ValueError, match="probability"):
        quantile(p, 3.0)
