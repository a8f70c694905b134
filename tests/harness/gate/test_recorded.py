"""A time against a recorded one: the interval knows both sessions and what lies between two of them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from fitment.harness.gate.recorded import judge_recorded, recorded_interval
from fitment.harness.gate.session_spread import SessionSpread
from fitment.kernels.student import quantile
from fitment.kernels.threshold import Threshold

TOLERATED = Threshold(0.05, math.nan, 0)
KNOWN = SessionSpread(0.01, 30)
EIGHT = [1.0] * 8


def test_the_interval_by_hand() -> None:
    """Without spread inside the sessions what is left is t·√2·s."""
    found = recorded_interval(EIGHT, [1.5] * 8, KNOWN)
    assert found is not None
    half = quantile(0.995, 29) * math.sqrt(2.0) * 0.01
    assert found.centre == pytest.approx(math.log(1.5))
    assert (found.low, found.high) == (pytest.approx(found.centre - half), pytest.approx(found.centre + half))


def test_the_interval_covers_as_often_as_it_says() -> None:
    """Sessions 2 % apart, processes 2 %: of 2,000 intervals at least 99 % hold the true change, 0."""
    rng = np.random.default_rng(0)
    held = 0
    for _ in range(2000):
        past = rng.normal(0.0, 0.02, 30)
        two = rng.normal(0.0, 0.02, (2, 1)) + rng.normal(0.0, 0.02, (2, 8))
        found = recorded_interval(*np.exp(two), SessionSpread(float(past.std(ddof=1)), 30))
        assert found is not None
        held += found.holds(0.0)
    assert held >= 1980


def test_a_large_change_is_told() -> None:
    """Half as long again is a regression, two thirds an improvement, the same a pass."""
    for seconds, verdict in (
        (1.5, "regression"),
        (1 / 1.5, "improvement"),
        (1.0, "pass"),
        (1.08, "inconclusive"),
    ):
        assert judge_recorded("a", EIGHT, [seconds] * 8, KNOWN, TOLERATED).verdict == verdict


@pytest.mark.parametrize(
    ("base", "head", "spread", "says"),
    [
        (EIGHT, [9.0] * 8, SessionSpread(0.01, 29), "29 of 30 sessions"),
        (EIGHT, [9.0] * 8, SessionSpread(math.nan, 0), "0 of 30 sessions"),
        (EIGHT[:1], [9.0] * 8, KNOWN, "base has 1 processes, 8 can decide"),
        (EIGHT, [9.0] * 7 + [math.nan], KNOWN, "head has 7 processes"),
    ],
)
def test_what_is_not_known_decides_nothing(
    base: list[float], head: list[float], spread: SessionSpread, says: str
) -> None:
    """Nine times slower is inconclusive with the reason, where the sessions or the processes are too few."""
    found = judge_recorded("a", base, head, spread, TOLERATED)
    assert found.verdict == "inconclusive"
    assert (found.estimate, found.low, found.high) == (pytest.approx(math.log(9.0)), None, None)
    assert says in (found.note or "")


def test_nothing_measured_and_too_noisy() -> None:
    """No time is no verdict; and what moves too much by itself is never gated."""
    assert judge_recorded("a", EIGHT, [math.nan, 0.0], KNOWN, TOLERATED).verdict == "not measured"
    noisy = Threshold(0.15, 0.4, 100)
    assert judge_recorded("a", EIGHT, [9.0] * 8, KNOWN, noisy).verdict == "too noisy"
