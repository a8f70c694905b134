from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from fitment.kernels.intervals import log_ratio_interval
from fitment.registry.answers import NOISE, Estimate, Noise, Process
from fitment.registry.changes.ratios import (
    ASSUMED,
    PROCESSES,
    Ratio,
    latency_ratio,
    memory_ratio,
    same_machine,
    throughput_ratio,
)
from scipy import stats

from tests.registry.fit.estimates import k, ok


def of(*throughputs: float, **fields: Any) -> Estimate:
    middle = sorted(throughputs)[len(throughputs) // 2]
    processes = tuple(Process(t, None, 1 / t, 1 / t, 10**9) for t in throughputs)
    known = {"n": len(throughputs), "env_id": "e", "host": "h"} | fields
    return ok("A", k(), middle, processes=processes if len(throughputs) > 1 else (), **known)


def test_on_one_machine_the_processes_speak() -> None:
    """The interval is that of two measurements of one cell, with the store's noise as its prior."""
    found = throughput_ratio(of(99.0, 100.0, 102.0), of(49.0, 50.0, 51.0), NOISE)
    expected = log_ratio_interval([99.0, 100.0, 102.0], [49.0, 50.0, 51.0])
    assert found is not None
    assert (found.value, found.basis, found.direction) == (0.5, PROCESSES, -1)
    assert found.low == pytest.approx(2.718281828459045**expected.low)


def test_between_machines_welch_and_what_machines_differ_by() -> None:
    """V of each side with s_env², Welch's degrees; against scipy's t quantile."""
    a, b = of(100.0), replace(of(110.0), host="other")
    noise = Noise(sd=0.02, degrees=4.0, between_sd=0.03)
    found = throughput_ratio(a, b, (noise, noise, noise))
    half = stats.t.ppf(0.975, 8.0) * (2 * (0.02**2 + 0.03**2)) ** 0.5
    assert found is not None
    assert found.high / found.value == pytest.approx(2.718281828459045**half)
    assert found.direction == 0


def test_one_run_a_side_is_labelled() -> None:
    """Only the noise that is assumed is known of it; it is wider than with processes."""
    found, known = (
        throughput_ratio(of(1.0), of(2.0), NOISE),
        throughput_ratio(of(1.0, 1.0), of(2.0, 2.0), NOISE),
    )
    assert found is not None
    assert known is not None
    assert (found.basis, known.basis) == (ASSUMED, PROCESSES)
    assert found.high > known.high


def test_the_other_way_round_is_the_inverse() -> None:
    """Swapping the sides turns every ratio and its limits over."""
    a, b = of(99.0, 100.0, 102.0), of(55.0, 50.0, 51.0)
    for ratio in (throughput_ratio, latency_ratio, memory_ratio):
        one, other = ratio(a, b, NOISE), ratio(b, a, NOISE)
        assert one is not None
        assert other is not None
        assert [1 / one.high, 1 / one.value, 1 / one.low] == pytest.approx(
            [other.low, other.value, other.high]
        )


def test_latencies_of_one_statistic() -> None:
    """The best that both have; none where there is none."""
    a = replace(of(10.0), latency_p95_s=0.5, latency_p50_s=0.1)
    b = replace(of(10.0), latency_p95_s=None, latency_p50_s=0.2)
    found = latency_ratio(a, b, NOISE)
    assert found is not None
    assert found.value == 2.0
    assert latency_ratio(a, replace(b, latency_p50_s=None, latency_mean_s=None), NOISE) is None


def test_memory_of_one_scope() -> None:
    """Two scopes, or none known: no ratio."""
    a = of(10.0)
    assert memory_ratio(a, replace(a, memory_scope="allocator"), NOISE) is None
    assert memory_ratio(a, replace(a, memory_bytes=None), NOISE) is None


def test_what_is_one_machine() -> None:
    """One host with one stack; without a host, one environment."""
    a = of(1.0)
    assert same_machine(a, a)
    assert not same_machine(a, replace(a, host="other"))
    assert not same_machine(a, replace(a, stack="newer"))
    assert same_machine(replace(a, host=None), replace(a, host=None))
    assert not same_machine(replace(a, host=None), replace(a, host=None, env_id="f"))


def test_direction_is_where_the_interval_lies() -> None:
    """Limits at 1 are no clear change."""
    directions = [
        Ratio(*limits, PROCESSES).direction for limits in ((1.0, 2.0, 3.0), (1.1, 2.0, 3.0), (0.1, 0.2, 0.9))
    ]
    assert directions == [0, 1, -1]
