"""Medians of resamples from a few quantiles: how near they come to resampling."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.kernels.draw_key import draw_key, short_key
from fitment.kernels.location_draws import student_deviates
from fitment.kernels.resample_medians import REACHES, resample_medians
from numpy.typing import NDArray

SETS, DRAWS = 60, 1000


def values(kind: str, rng: np.random.Generator, n: int) -> NDArray[np.float64]:
    """ln of what n processes reach: with one or two modes, symmetric or not."""
    if kind == "normal":
        return 0.02 * rng.normal(size=n)
    if kind == "skewed":
        return 0.02 * rng.exponential(size=n)
    return np.where(rng.random(n) < 0.7, 0.0, 0.08) + 0.01 * rng.normal(size=n)


@pytest.mark.parametrize("n", [20, 50, 200])
@pytest.mark.parametrize("kind", ["normal", "skewed", "bimodal"])
def test_chances_are_near_those_of_resampling(kind: str, n: int) -> None:
    """P(median < c) for a rival c near by: off by 0.045 at the mean, as sampling moves it by ten times that.

    The standard deviation is that of resampling, where the error from the processes' own spread is not.
    """
    rng = np.random.default_rng(n)
    off, ratio = [], []
    for i in range(SETS):
        x = values(kind, rng, n)
        centre = np.median(x)
        levels = 0.5 + np.array(REACHES) / np.sqrt(n)
        t = student_deviates([short_key(draw_key(kind, str(i)))], [n + 1.0], DRAWS)
        drawn = centre + resample_medians(t, [n], (np.quantile(x, levels) - centre)[:, None])[0]
        resampled = np.median(x[rng.integers(0, n, (DRAWS, n))], axis=1)
        rival = centre + rng.normal() * resampled.std()
        off.append(abs((drawn < rival).mean() - (resampled < rival).mean()))
        ratio.append(drawn.std() / resampled.std())
    assert np.mean(off) < 0.045
    assert np.median(ratio) == pytest.approx(1.0, abs=0.15)


def test_lines_meet_at_the_quantiles() -> None:
    """At 0, ±1 and ±2 of its own distance a median is the quantile; beyond, the last line goes on."""
    n = 25
    distance = np.array([-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0])
    t = distance * np.sqrt((n + 1.0) / (n - distance**2))
    found = resample_medians(t[None, :], [n], [[-7.0], [-2.0], [1.0], [4.0]])[0]
    np.testing.assert_allclose(found, [-12.0, -7.0, -2.0, 0.0, 1.0, 4.0, 7.0], atol=1e-12)


def test_what_cannot_be_meant_is_refused() -> None:
    """Other shapes than of four quantiles a row of deviates."""
    with pytest.raises(ValueError, match="can't be of shapes"):
        resample_medians(np.zeros((2, 9)), [5, 5], np.zeros((3, 2)))
