"""Draws of locations."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.kernels.draw_key import draw_key, short_key
from fitment.kernels.location_draws import location_draws, median_draws, student_deviates
from scipy import stats

KEYS = np.array([short_key(draw_key("group", "hardware", str(i))) for i in range(40)], np.uint64)


@pytest.mark.parametrize("degrees", [1.0, 4.0, 6.5, 1e6])
def test_deviates_are_students(degrees: float) -> None:
    """40 streams of 1,000 together follow Student's t, whole degrees or not (Kolmogorov and Smirnov)."""
    drawn = student_deviates(KEYS, np.full(40, degrees))
    assert stats.kstest(drawn.ravel(), "t", (degrees,)).pvalue > 0.01


def test_streams_do_not_know_each_other() -> None:
    """Neither those of two keys nor those of two purposes are correlated."""
    drawn = np.concatenate([student_deviates(KEYS, np.full(40, 50.0), 1000, purpose) for purpose in (0, 1)])
    between = np.corrcoef(drawn)[np.triu_indices(80, 1)]
    assert np.abs(between).max() < 0.16  # five standard errors
    assert between.mean() == pytest.approx(0.0, abs=0.005)


def test_draws_belong_to_names() -> None:
    """Other candidates beside one, and another order of them, change no bit of its draws."""
    y, nu, rho = np.zeros((3, 40)), np.full((3, 40), 4.0), np.full(40, -0.3)
    all_of_them = location_draws(KEYS, y, y + 1.0, nu, rho)
    order = np.random.default_rng(0).permutation(40)[:17]
    some = location_draws(KEYS[order], y[:, order], y[:, order] + 1.0, nu[:, order], rho[order])
    np.testing.assert_array_equal(all_of_them[:, order], some)


def test_throughput_and_latency_mirror_each_other() -> None:
    """At a correlation of −1 ln l falls as ln t rises; between, it is as asked; memory is apart."""
    y = np.array([[1.0] * 40, [2.0] * 40, [3.0] * 40])
    error = np.array([[0.1] * 40, [0.2] * 40, [0.3] * 40])
    nu = np.full((3, 40), 30.0)
    t, latency, m = location_draws(KEYS, y, error, nu, np.full(40, -1.0))
    np.testing.assert_allclose((latency - 2.0) / 0.2, -(t - 1.0) / 0.1)
    assert np.corrcoef(t.ravel(), m.ravel())[0, 1] == pytest.approx(0.0, abs=0.03)
    t, latency, _ = location_draws(KEYS, y, error, nu, np.full(40, 0.6))
    assert np.corrcoef(t.ravel(), latency.ravel())[0, 1] == pytest.approx(0.6, abs=0.03)


def test_spread_is_that_of_t() -> None:
    """95 % of the draws lie within t(ν)·√V of the location."""
    drawn = location_draws(
        KEYS, np.full((3, 40), 5.0), np.full((3, 40), 0.1), np.full((3, 40), 4.0), np.zeros(40)
    )
    inside = np.abs(drawn - 5.0) <= stats.t.ppf(0.975, 4.0) * 0.1
    np.testing.assert_allclose(inside.mean(axis=(1, 2)), 0.95, atol=0.005)


def test_missing_stays_missing() -> None:
    """A NaN location is NaN in every draw; nobody else's changes."""
    y = np.zeros((3, 40))
    y[1, 3] = np.nan
    drawn = location_draws(KEYS, y, np.ones((3, 40)), np.full((3, 40), 4.0), np.full(40, -1.0))
    assert np.isnan(drawn[1, 3]).all()
    assert np.isnan(drawn).sum() == drawn.shape[2]


@pytest.mark.parametrize("n", [1, 2, 5, 20, 21, 50])
def test_medians_are_those_of_resamples(n: int) -> None:
    """40,000 draws have the distribution that 40,000 resamples of the same values have."""
    rng = np.random.default_rng(n)
    x = rng.normal(size=n) ** 3  # neither symmetric nor normal
    drawn, _, _ = median_draws(KEYS, [np.array([x, -x, x])] * 40, np.full(40, -1.0))
    resampled = np.median(x[rng.integers(0, n, (40_000, n))], axis=1)
    assert stats.ks_2samp(drawn.ravel(), resampled).pvalue > 0.01


def test_values_that_mirror_each_other_are_of_the_same_resamples() -> None:
    """Throughput and latency of a closed loop; memory stays missing where one process lacks it."""
    x = np.random.default_rng(1).normal(size=20)
    y = np.array([x, 3.0 - x, x])
    y[2, 4] = np.nan
    t, latency, m = median_draws(KEYS[:2], [y, y[:, :5]], [-1.0, -1.0])
    np.testing.assert_allclose(latency, 3.0 - t)
    assert np.isnan(m).all()
    assert not np.array_equal(*t)


@pytest.mark.parametrize("degrees", [0.0, -1.0, np.nan, np.inf])
def test_impossible_degrees_are_refused(degrees: float) -> None:
    """Degrees of freedom are finite and not next to nothing."""
    with pytest.raises(ValueError, match="degrees"):
        student_deviates(KEYS, np.full(40, degrees))


def test_what_cannot_be_meant_is_refused() -> None:
    """Correlations beyond ±1, arrays of another shape, a bootstrap of nothing."""
    y, nu = np.zeros((3, 40)), np.full((3, 40), 4.0)
    with pytest.raises(ValueError, match="correlation"):
        location_draws(KEYS, y, y, nu, np.full(40, 1.5))
    with pytest.raises(ValueError, match=r"errors must be of shape \(3, n\)"):
        location_draws(KEYS, y, y[0], nu, np.zeros(40))
    with pytest.raises(ValueError, match="at least one process"):
        median_draws(KEYS[:1], [np.empty((3, 0))], [0.0])
