"""Draws of locations."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.kernels.draw_key import draw_key, short_key
from fitment.kernels.location_draws import location_draws, student_deviates
from numpy.typing import NDArray
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


def apart(rho: float = 0.0) -> NDArray[np.float64]:
    """Correlations of three criteria of 40 candidates with the throughput; the third is drawn apart."""
    return np.repeat([[1.0], [rho], [0.0]], 40, axis=1)


def test_draws_belong_to_names() -> None:
    """Other candidates beside one, and another order of them, change no bit of its draws."""
    y, nu, rho = np.zeros((3, 40)), np.full((3, 40), 4.0), apart(-0.3)
    n, around = np.arange(20, 60), np.sort(np.random.default_rng(1).normal(size=(3, 4, 40)), axis=1)
    around[:, :, ::3] = np.nan
    all_of_them = location_draws(KEYS, y, y + 1.0, nu, rho, n=n, around=around)
    order = np.random.default_rng(0).permutation(40)[:17]
    located, spread = (y[:, order], y[:, order] + 1.0), (n[order], around[:, :, order])
    some = location_draws(KEYS[order], *located, nu[:, order], rho[:, order], n=spread[0], around=spread[1])
    np.testing.assert_array_equal(all_of_them[:, order], some)


def test_throughput_and_latency_mirror_each_other() -> None:
    """At a correlation of −1 ln l falls as ln t rises; between, it is as asked; memory is apart."""
    y = np.array([[1.0] * 40, [2.0] * 40, [3.0] * 40])
    error = np.array([[0.1] * 40, [0.2] * 40, [0.3] * 40])
    nu = np.full((3, 40), 30.0)
    t, latency, m = location_draws(KEYS, y, error, nu, apart(-1.0))
    np.testing.assert_allclose((latency - 2.0) / 0.2, -(t - 1.0) / 0.1)
    assert np.corrcoef(t.ravel(), m.ravel())[0, 1] == pytest.approx(0.0, abs=0.03)
    t, latency, _ = location_draws(KEYS, y, error, nu, apart(0.6))
    assert np.corrcoef(t.ravel(), latency.ravel())[0, 1] == pytest.approx(0.6, abs=0.03)


def test_spread_is_that_of_t() -> None:
    """95 % of the draws lie within t(ν)·√V of the location."""
    drawn = location_draws(KEYS, np.full((3, 40), 5.0), np.full((3, 40), 0.1), np.full((3, 40), 4.0), apart())
    inside = np.abs(drawn - 5.0) <= stats.t.ppf(0.975, 4.0) * 0.1
    np.testing.assert_allclose(inside.mean(axis=(1, 2)), 0.95, atol=0.005)


def test_missing_stays_missing() -> None:
    """A NaN location is NaN in every draw; nobody else's changes."""
    y = np.zeros((3, 40))
    y[1, 3] = np.nan
    drawn = location_draws(KEYS, y, np.ones((3, 40)), np.full((3, 40), 4.0), apart(-1.0))
    assert np.isnan(drawn[1, 3]).all()
    assert np.isnan(drawn).sum() == drawn.shape[2]


def test_known_quantiles_stand_in_for_an_error() -> None:
    """Where they are known of a criterion, its error is not looked at; the others keep theirs."""
    y, error, nu = np.zeros((3, 40)), np.ones((3, 40)), np.full((3, 40), 4.0)
    around = np.full((3, 4, 40), np.nan)
    around[0] = np.array([-2e-3, -1e-3, 1e-3, 2e-3])[:, None]
    around[2] = 0.0
    drawn = location_draws(KEYS, y, error, nu, apart(-1.0), n=np.full(40, 50), around=around)
    assert 0.0 < np.abs(drawn[0]).max() < 0.01
    assert np.abs(drawn[1]).max() > 1.0
    assert not drawn[2].any()


@pytest.mark.parametrize("degrees", [0.0, -1.0, np.nan, np.inf])
def test_impossible_degrees_are_refused(degrees: float) -> None:
    """Degrees of freedom are finite and not next to nothing."""
    with pytest.raises(ValueError, match="degrees"):
        student_deviates(KEYS, np.full(40, degrees))


def test_what_cannot_be_meant_is_refused() -> None:
    """Correlations beyond ±1, arrays of another shape."""
    y, nu = np.zeros((3, 40)), np.full((3, 40), 4.0)
    with pytest.raises(ValueError, match="correlation"):
        location_draws(KEYS, y, y, nu, apart(1.5))
    with pytest.raises(ValueError, match=r"errors must be of shape \(3, 40\)"):
        location_draws(KEYS, y, y[0], nu, apart())
    with pytest.raises(ValueError, match="around must be of shape"):
        location_draws(KEYS, y, y, nu, apart(), n=np.ones(40, np.int64), around=np.zeros((3, 2, 40)))
