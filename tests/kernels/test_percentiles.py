"""fitment.kernels.percentiles: the sufficiency table, exactly."""

from __future__ import annotations

import math

import pytest
from fitment.kernels import percentiles

TABLE = [
    (0.99, 0.90, 64),
    (0.99, 0.95, 130),
    (0.99, 0.99, 662),
    (0.99, 0.999, 6636),
    (0.95, 0.90, 46),
    (0.95, 0.95, 93),
    (0.95, 0.99, 473),
]


@pytest.mark.parametrize(("confidence", "p", "least"), TABLE)
def test_floor_is_the_published_table(confidence: float, p: float, least: int) -> None:
    """The least number of samples for a percentile is MLPerf's, exactly."""
    assert percentiles.floor(p, confidence) == least
    assert percentiles.suffices(1, least, p, confidence)
    assert not percentiles.suffices(1, least - 1, p, confidence)


@pytest.mark.parametrize(("confidence", "p", "least"), TABLE)
def test_needed_is_what_the_floor_lacks(confidence: float, p: float, least: int) -> None:
    """Samples still needed: all at first, then one, then none; a part of an independent sample is none."""
    needed = [percentiles.samples_needed(p, confidence, n) for n in (0, least - 1, least - 0.01, least, 1e9)]
    assert needed == [least, 1, 1, 0, 0]


@pytest.mark.parametrize(
    ("t", "n", "q"), [(0, 1, 0.5), (1, 7, 0.5), (3, 20, 0.1), (4, 4, 0.3), (2, 50, 0.01)]
)
def test_binomial_cdf_is_the_sum_of_its_terms(t: int, n: int, q: float) -> None:
    """The distribution function equals the plain sum over binomial coefficients."""
    plain = sum(math.comb(n, k) * q**k * (1 - q) ** (n - k) for k in range(t + 1))
    assert percentiles.binomial_cdf(t, n, q) == pytest.approx(plain, rel=1e-12)


@pytest.mark.parametrize(("p", "confidence", "n"), [(0.9, 0.95, 46), (0.9, 0.99, 500), (0.95, 0.95, 3000)])
def test_largest_t_is_the_last_that_holds(p: float, confidence: float, n: int) -> None:
    """t suffices and t + 1 does not."""
    t = percentiles.largest_t(p, confidence, n)
    assert t is not None
    assert percentiles.suffices(t, n, p, confidence)
    assert not percentiles.suffices(t + 1, n, p, confidence)
