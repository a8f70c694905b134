"""fitment.harness.protocol.stationarity: one level, one group. How often it errs, test_trials says."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.harness.protocol.stationarity import is_drifting, is_multimodal, separation

RNG = np.random.default_rng


def normal(n: int, spread: float, seed: int = 1) -> np.ndarray:
    """n independent samples around 1."""
    return 1 + spread * RNG(seed).standard_normal(n)


@pytest.mark.parametrize("size", [-0.3, -0.05, 0.05, 0.3])
def test_a_trend_is_drift(size: float) -> None:
    """Up or down, by 5 % or 30 %, over noise of 1 %."""
    assert is_drifting(normal(93, 0.01) * np.linspace(1, 1 + size, 93))


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8])
def test_a_level_that_changes_is_drift(share: float) -> None:
    """Wherever in the pass it does."""
    assert is_drifting(normal(100, 0.01) + 0.1 * (np.arange(100) >= 100 * share))


def test_drift_without_any_noise_is_seen() -> None:
    """A perfect ramp, whose neighbours differ by the drift alone."""
    assert is_drifting(np.linspace(1, 1.1, 93))


def test_a_drift_that_does_not_matter_is_none() -> None:
    """0.5 % over a pass is plain to see in quiet samples, and within what the interval promises."""
    assert not is_drifting(normal(2000, 0.0005) * np.linspace(1, 1.005, 2000))
    assert is_drifting(normal(2000, 0.0005) * np.linspace(1, 1.03, 2000))


def test_one_outlier_is_no_drift() -> None:
    """Not even one of a thousand times the median, at the very end."""
    samples = normal(93, 0.01)
    samples[-1] = 1000
    assert not is_drifting(samples)


def test_outliers_do_not_hide_a_drift() -> None:
    """5 % over noise of 1 %, with a sample in ten that took a hundred times as long."""
    samples = normal(93, 0.01) * np.linspace(1, 1.05, 93)
    samples[RNG(7).random(93) < 0.1] *= 100
    assert is_drifting(samples)


@pytest.mark.parametrize("samples", [np.ones(50), np.array([1.0]), np.array([1.0, 2.0] * 3)])
def test_what_can_not_be_judged_is_not_flagged(samples: np.ndarray) -> None:
    """A clock too coarse to show any difference, and fewer than 8 samples."""
    assert not is_drifting(samples)
    assert not is_multimodal(samples)


def test_two_groups_are_multimodal() -> None:
    """Half the steps 10 % slower, in any order."""
    samples = normal(93, 0.01) + 0.1 * (RNG(3).random(93) < 0.5)
    assert is_multimodal(samples)
    assert is_multimodal(np.sort(samples))


def test_groups_too_near_to_matter_are_one() -> None:
    """A clock that shows two values 0.1 % apart is coarse, not multimodal."""
    assert not is_multimodal(np.where(RNG(4).random(200) < 0.5, 1.0, 1.001))


@pytest.mark.parametrize("seed", range(5))
def test_a_heavy_tail_is_no_group(seed: int) -> None:
    """Steps that are now and then several times slower."""
    assert not is_multimodal(1 + 0.1 * RNG(seed).pareto(1.5, 300))


def test_groups_are_told_apart_whatever_lies_beyond() -> None:
    """Two levels 10 % apart are 10 % apart, one huge sample or not."""
    samples = np.repeat([1.0, 1.1], 100)
    samples[-1] = 1e3
    assert separation(samples) == pytest.approx(0.1, rel=0.1)
