from __future__ import annotations

import math

import numpy as np
import pytest
from fitment.harness.gate.session_spread import ENOUGH_SESSIONS, session_spread, session_spreads


def test_the_spread_is_pooled_about_each_commits_own_mean() -> None:
    """Two commits of another speed, each measured twice 2 % apart: the step between them is no spread."""
    sessions = [{("a", "t"): x} for x in (1.0, math.exp(0.02))] + [{("b", "t"): x} for x in (9.0, 9.0)]
    (found,) = session_spreads(sessions).values()
    assert found.sd == pytest.approx(math.sqrt(2 * 0.01**2 / 2))
    assert (found.sessions, found.known) == (3, False)


def test_the_sd_is_the_one_that_sessions_were_drawn_with() -> None:
    """400 sessions of one commit tell a run-to-run sd of 3 % to within a tenth."""
    draws = np.random.default_rng(0).normal(0.0, 0.03, 400)
    found = session_spreads([{("a", "t"): math.exp(x)} for x in draws.tolist()])["t"]
    assert found.sd == pytest.approx(0.03, rel=0.1)
    assert found.known


def test_a_benchmark_without_enough_sessions_takes_the_noisiest_known() -> None:
    """Never a quieter one's, and never one that is itself not known."""
    many = range(ENOUGH_SESSIONS)
    sessions = [{("a", "quiet"): 1.0 + 1e-6 * (at % 2), ("a", "loud"): 1.0 + 0.1 * (at % 2)} for at in many]
    sessions += [{("a", "rare"): 1.0}, {("a", "rare"): 5.0}]
    spreads = session_spreads(sessions)
    assert session_spread(spreads, "quiet") == spreads["quiet"]
    assert session_spread(spreads, "rare") == session_spread(spreads, "new") == spreads["loud"]


def test_without_sessions_nothing_is_known() -> None:
    """No session, or a commit measured once: no sd."""
    assert session_spread({}, "t").sessions == 0
    once = session_spreads([{("a", "t"): 1.0}, {("b", "t"): 1.0}])["t"]
    assert math.isnan(once.sd)
    assert (once.sessions, once.known) == (1, False)
