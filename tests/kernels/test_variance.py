"""Noise between processes and between machines."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.kernels.intervals import location_interval
from fitment.kernels.student import quantile
from fitment.kernels.variance import (
    MEDIAN_FACTOR,
    PRIOR,
    Prior,
    between_variance,
    fit_prior,
    location_share,
    shrunken_variance,
)
from scipy.special import digamma, polygamma


def drawn(cells: int, prior: Prior, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Degrees, and variances of cells whose own variances scatter as the prior says."""
    rng = np.random.default_rng(seed)
    degrees = rng.integers(3, 8, cells)
    own = prior.sd**2 * prior.degrees / rng.chisquare(prior.degrees, cells)
    return degrees, own * rng.chisquare(degrees) / degrees


def test_the_formula() -> None:
    """s̃² = (4·0.02² + d·s²)/(4 + d); one process has s₀²."""
    assert shrunken_variance(0, 0.0) == pytest.approx(0.02**2)
    assert shrunken_variance(2, 2 * 0.01) == pytest.approx((4 * 0.0004 + 0.02) / 6)
    assert shrunken_variance(2, 0.0, Prior(8.0, 0.1)) == pytest.approx(0.08 / 10)


def test_the_share_of_a_median() -> None:
    """1, 1/2, then 1.2533²/n."""
    f2 = MEDIAN_FACTOR**2
    np.testing.assert_allclose(location_share([1, 2, 3, 10]), [1.0, 0.5, f2 / 3, f2 / 10])


def test_intervals_and_draws_share_one_variance() -> None:
    """The printed interval of quiet processes is t(ν₀ + n − 1)·√(s̃²·f²/n)."""
    values = [99.9, 100.0, 100.1]
    squares = float(np.sum((np.log(values) - np.mean(np.log(values))) ** 2))
    half = quantile(0.975, 6) * float(np.sqrt(shrunken_variance(2, squares) * location_share(3)))
    assert location_interval(values).high == pytest.approx(100.0 * np.exp(half))


@pytest.mark.parametrize("prior", [Prior(4.0, 0.02), Prior(12.0, 0.1), Prior(3.0, 0.005)])
def test_a_known_prior_is_found(prior: Prior) -> None:
    """From 20,000 cells within 15 %, and from 40 the size of the spread within a third."""
    many, few = fit_prior(*drawn(20_000, prior)), fit_prior(*drawn(40, prior))
    assert many is not None
    assert few is not None
    assert many.degrees == pytest.approx(prior.degrees, rel=0.15)
    assert many.sd == pytest.approx(prior.sd, rel=0.03)
    assert few.sd == pytest.approx(prior.sd, rel=0.33)


def test_cells_that_share_one_variance() -> None:
    """Variances that differ by chance alone give next to infinitely many degrees."""
    rng = np.random.default_rng(1)
    degrees = np.full(60, 50)
    found = fit_prior(degrees, 0.03**2 * (1 + 0.01 * rng.normal(size=60)))
    assert found is not None
    assert found.degrees == 1e6
    assert found.sd == pytest.approx(0.03, rel=0.02)


def test_limma_on_a_worked_example() -> None:
    """As limma's fitFDist(x, df1 = 4) by hand: e = ln x − ψ(2) + ln 2, d₀ = 2·ψ′⁻¹(var e − ψ′(2))."""
    x = np.exp(np.linspace(-3.0, 3.0, 31))
    found = fit_prior(np.full(31, 4), x)
    assert found is not None
    # the variance of 31 numbers 0.2 apart is 0.04·31·32/12, and ψ′(2) = π²/6 − 1
    assert polygamma(1, found.degrees / 2) == pytest.approx(0.04 * 31 * 32 / 12 - (np.pi**2 / 6 - 1))
    half = found.degrees / 2
    mean = np.log(2) - digamma(2)
    assert np.log(found.sd**2) == pytest.approx(mean + digamma(half) - np.log(half))


def test_too_little_is_no_prior() -> None:
    """Fewer than 30 cells, cells without degrees, unknown variances, or most of them exactly 0."""
    degrees, variances = drawn(30, PRIOR)
    assert fit_prior(degrees, variances) is not None
    assert fit_prior(degrees[1:], variances[1:]) is None
    assert fit_prior([0, *degrees[1:]], variances) is None
    assert fit_prior(degrees, [np.nan, *variances[1:]]) is None
    assert fit_prior(degrees, np.where(np.arange(30) < 16, 0.0, variances)) is None
    assert fit_prior(degrees, np.where(np.arange(30) < 3, 0.0, variances)) is not None


def test_order_changes_no_bit() -> None:
    """Another order of cells gives the same prior, to the bit."""
    degrees, variances = drawn(200, PRIOR)
    order = np.random.default_rng(2).permutation(200)
    assert fit_prior(degrees[order], variances[order]) == fit_prior(degrees, variances)


def test_machines_that_differ() -> None:
    """s_env² is what remains of the spread between machines when that of their processes is taken off."""
    rng = np.random.default_rng(3)
    cells = np.repeat(np.arange(3000), rng.integers(2, 5, 3000))
    y = rng.normal(size=3000)[cells] + 0.03 * rng.normal(size=cells.size) + 0.02 * rng.normal(size=cells.size)
    assert between_variance(cells, y, np.full(cells.size, 0.02**2)) == pytest.approx(0.03**2, rel=0.1)
    assert between_variance(cells, y, np.full(cells.size, 1.0)) == 0.0


def test_machines_that_do_not_tell() -> None:
    """Cells on one machine each, or fewer than 30 beyond the first."""
    assert between_variance(np.arange(90), np.zeros(90), np.zeros(90)) is None
    pairs = np.repeat(np.arange(30), 2)
    assert between_variance(pairs, np.zeros(60), np.zeros(60)) == 0.0
    assert between_variance(pairs[1:], np.zeros(59), np.zeros(59)) is None
    assert between_variance([], [], []) is None
