"""Which criteria can be compared, and by what."""

from __future__ import annotations

import numpy as np
from fitment.registry.fit.criteria import criteria, latency_statistic, memory_mode, where

from tests.registry.fit.estimates import k, ok, stated


def test_one_statistic_for_all() -> None:
    """p95 counts only if all have it, else p50 if all have it, else the mean."""
    a, b = ok("A", k(), 10.0, latency_p95_s=0.2), ok("B", k(), 10.0, latency_p95_s=0.3)
    assert latency_statistic([a, b]) == "p95"
    assert latency_statistic([a, ok("C", k(), 10.0)]) == "p50"
    assert latency_statistic([a, stated("D", k(), 10.0)]) == "mean"
    assert latency_statistic([a, stated("D", k(), 10.0, latency_mean_s=None)]) is None


def test_latency_column_is_of_that_statistic() -> None:
    """The compared values are all of the common statistic."""
    found = criteria([ok("A", k(), 10.0, latency_p95_s=0.9), ok("B", k(), 20.0)], common=True)
    assert found.latency_statistic == "p50"
    np.testing.assert_array_equal(found.latency, [0.1, 0.05])


def test_memory_within_one_scope() -> None:
    """One scope is compared as it stands; several against each device's own capacity."""
    a, b = ok("A", k(), 1.0), ok("B", k(), 1.0, memory_scope="allocator")
    assert memory_mode([a, a]) == "relative"
    assert memory_mode([a, b]) == "headroom"
    assert memory_mode([a, ok("B", k(), 1.0, memory_scope="allocator", capacity_bytes=None)]) is None


def test_memory_missing_for_one_is_dropped_for_all() -> None:
    """Where one candidate has no memory, nobody's counts."""
    found = criteria([ok("A", k(), 1.0), stated("B", k(), 1.0)], common=True)
    assert found.used == (True, True, False)
    assert np.isnan(found.memory).all()


def test_throughput_alone_without_a_common_configuration() -> None:
    """Latency and memory of different batches are never compared."""
    found = criteria([ok("A", k(1), 1.0), ok("B", k(64), 1.0)], common=False)
    assert found.used == (True, False, False)
    assert np.isnan(found.latency).all()


def test_where_something_is_lacking() -> None:
    """Hardware by name, and in two words where it is all of several."""
    a, b = ok("A", k(1), 1.0), ok("B", k(1), 1.0)
    assert where([], [a, b]) == ""
    assert where([b, b], [a, b]) == "B"
    assert where([a], [a]) == "A"
    assert where([b, a], [a, b]) == "any hardware"
