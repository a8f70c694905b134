"""Candidates scored by the formulae, one comparison at a time."""

from __future__ import annotations

import pytest
from fitment.registry.answers import Estimate, Weights
from fitment.registry.fit.criteria import criteria
from fitment.registry.fit.scored import scored, weights_used

from tests.registry.fit.estimates import k, ok, stated

DEFAULT = Weights(0.5, 0.3, 0.2)


def components(*estimates: Estimate) -> list[tuple[float | None, float | None, float | None]]:
    values = criteria(estimates, common=True)
    return [
        (s.throughput, s.latency, s.memory) for s in scored(estimates, values, weights_used(DEFAULT, values))
    ]


def test_by_hand() -> None:
    """Two candidates, worked out by hand: components, compatibility, confidence, suitability."""
    fast = ok("A", k(8), 40.0, latency_p50_s=0.2, memory_bytes=4 * 10**9)
    quick = ok("A", k(1), 10.0, latency_p50_s=0.1, memory_bytes=10**9, n=3, n_tried=3)
    values = criteria([fast, quick], common=True)
    a, b = scored([fast, quick], values, weights_used(DEFAULT, values))
    assert (a.throughput, a.latency, a.memory) == (1.0, 0.5, 0.25)
    assert (b.throughput, b.latency, b.memory) == (0.25, 1.0, 1.0)
    assert a.compatibility == pytest.approx(0.5 + 0.15 + 0.05)
    assert b.compatibility == pytest.approx(0.125 + 0.3 + 0.2)
    assert (a.confidence, b.confidence) == (0.6, 0.8)
    assert b.suitability == b.compatibility * 0.8


def test_dropped_is_none() -> None:
    """A component that is dropped is unknown, neither 0 nor 1, and its weight goes to the others."""
    published = stated("A", k(), 10.0)
    assert components(published, ok("B", k(), 5.0)) == [(1.0, 1.0, None), (0.5, 0.5, None)]
    values = criteria([published], common=True)
    assert weights_used(DEFAULT, values) == Weights(0.625, 0.3 / 0.8, 0.0)


def test_headroom_across_scopes() -> None:
    """Across scopes each candidate's memory stands against its own capacity."""
    rss = ok("A", k(), 10.0, memory_bytes=2 * 10**9, capacity_bytes=8 * 10**9)
    gpu = ok("B", k(), 10.0, memory_bytes=6 * 10**9, capacity_bytes=24 * 10**9, memory_scope="allocator")
    assert [m for *_, m in components(rss, gpu)] == [0.75, 0.75]
