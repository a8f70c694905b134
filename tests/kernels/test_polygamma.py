"""Digamma, trigamma and its inverse."""

from __future__ import annotations

import math

import numpy as np
import pytest
from fitment.kernels.polygamma import digamma, inverse_trigamma, trigamma
from scipy import special

X = np.exp(np.random.default_rng(0).uniform(np.log(1e-8), np.log(1e8), 500)).tolist()
EULER = 0.57721566490153286


def test_known_values() -> None:
    """ψ(1) = −γ, ψ(1/2) = −γ − 2 ln 2, ψ′(1) = π²/6, ψ′(1/2) = π²/2 (DLMF 5.4)."""
    assert digamma(1.0) == pytest.approx(-EULER, rel=1e-15)
    assert digamma(0.5) == pytest.approx(-EULER - 2.0 * math.log(2.0), rel=1e-15)
    assert trigamma(1.0) == pytest.approx(math.pi**2 / 6.0, rel=1e-15)
    assert trigamma(0.5) == pytest.approx(math.pi**2 / 2.0, rel=1e-15)


def test_sixteen_decades() -> None:
    """As SciPy's, from 1e-8 to 1e8."""
    np.testing.assert_allclose([digamma(x) for x in X], special.digamma(X), rtol=1e-13, atol=1e-14)
    np.testing.assert_allclose([trigamma(x) for x in X], special.polygamma(1, X), rtol=1e-13)


def test_the_inverse_leads_back() -> None:
    """ψ′⁻¹(ψ′(x)) = x, also where ψ′ is all but 1/x or 1/x²."""
    for x in (*X, 1e-9, 1e16):
        assert inverse_trigamma(trigamma(x)) == pytest.approx(x, rel=1e-12)


@pytest.mark.parametrize("function", [digamma, trigamma, inverse_trigamma])
@pytest.mark.parametrize("x", [0.0, -1.5, math.nan, math.inf])
def test_what_has_no_answer_is_refused(function: object, x: float) -> None:
    """Zero, negative and infinite numbers, and NaN."""
    with pytest.raises(ValueError, match=r"number|numbers"):
        function(x)  # type: ignore[operator]
