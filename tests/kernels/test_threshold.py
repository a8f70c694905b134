"""How large a change has to be: δ₀, widened by what a benchmark does by itself, and no further than 3·δ₀."""

from __future__ import annotations

import math

import numpy as np
import pytest
from fitment.kernels.threshold import LEAST, gate_threshold
from hypothesis import given
from hypothesis import strategies as st

ESTIMATES = st.lists(st.floats(-0.5, 0.5), min_size=30, max_size=130)


def test_by_hand() -> None:
    """|estimates| of 0, 0.1, … 4 %: quartiles 1 % and 3 %, so the fence is 3 + 3 · 2 = 9 %."""
    estimates = np.arange(41) / 1000.0
    found = gate_threshold(np.where(np.arange(41) % 2, -estimates, estimates), 0.05)
    assert found.delta == found.noise == pytest.approx(math.expm1(0.09))
    assert found.runs == 41
    assert not found.too_noisy


@pytest.mark.parametrize("runs", [0, 1, 8, 29])
def test_a_short_history_is_not_asked(runs: int) -> None:
    """With fewer than 30 runs δ is δ₀, however they went."""
    found = gate_threshold(np.full(runs, 0.4), 0.02)
    assert (found.delta, found.runs, found.too_noisy) == (0.02, runs, False)
    assert math.isnan(found.noise)


@pytest.mark.parametrize("least", LEAST.values())
def test_a_quiet_history_leaves_the_least(least: float) -> None:
    """A benchmark that never moves by more than δ₀ keeps it."""
    estimates = 0.1 * least * np.random.default_rng(0).normal(size=100)
    assert gate_threshold(estimates, least).delta == least


def test_three_times_the_least_is_the_most() -> None:
    """What would need more than 3·δ₀ is too noisy to gate on, and says how noisy it is."""
    found = gate_threshold(0.2 * np.random.default_rng(0).normal(size=100), 0.05)
    assert found.delta == pytest.approx(0.15)
    assert found.too_noisy
    assert found.noise > 0.3


def test_only_the_last_hundred_count() -> None:
    """Runs before them are forgotten, and so are those that were not estimated."""
    old, recent = np.full(50, 0.5), np.full(100, 0.001)
    gaps = np.full(20, np.nan)
    assert gate_threshold(np.concatenate([old, recent, gaps]), 0.02) == gate_threshold(recent, 0.02)
    assert gate_threshold(np.concatenate([recent, old]), 0.02).too_noisy


def test_a_few_wild_runs_do_not_widen_it() -> None:
    """Up to a quarter of the runs can lie anywhere without δ following them."""
    estimates = 0.002 * np.random.default_rng(0).normal(size=100)
    wild = np.where(np.arange(100) % 5 == 0, 1.0, estimates)
    assert gate_threshold(wild, 0.02).delta == 0.02


@pytest.mark.parametrize("shape", ["normal", "laplace", "logistic"])
def test_few_runs_lie_beyond_it(shape: str) -> None:
    """Of later runs in which nothing changed at most 2 % lie beyond δ, also from 30 of them."""
    rng = np.random.default_rng(len(shape))
    beyond = 0
    for _ in range(200):
        estimates = 0.01 * getattr(rng, shape)(size=130)
        delta = gate_threshold(estimates[:30], 0.02).delta
        beyond += (np.abs(estimates[30:]) > math.log1p(delta)).sum()
    assert beyond / (200 * 100) <= 0.02


@given(ESTIMATES, st.sampled_from([0.01, 0.02, 0.05]))
def test_bounds(estimates: list[float], least: float) -> None:
    """δ₀ ≤ δ ≤ 3·δ₀; signs don't matter; too noisy exactly where the fence is beyond."""
    found = gate_threshold(estimates, least)
    assert least <= found.delta <= 3.0 * least
    assert found == gate_threshold([-x for x in estimates], least)
    assert found.too_noisy == (found.noise > 3.0 * least)


@pytest.mark.parametrize("least", [0.0, -0.05, math.nan, math.inf])
def test_a_least_that_cannot_be_meant(least: float) -> None:
    """δ₀ is finite and larger than 0."""
    with pytest.raises(ValueError, match="least must be finite and larger than 0"):
        gate_threshold([0.01], least)


def test_a_least_change_that_is_no_number() -> None:
    """Text is refused by name."""
    with pytest.raises(TypeError, match="least must be a number"):
        gate_threshold([], "0.05")
