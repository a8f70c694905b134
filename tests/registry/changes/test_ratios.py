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


def test_the_interval_inside_the_process_is_a_floor() -> None:
    """What `fitment diff` calls within noise is no change here, however small the store's noise is."""
    quiet = Noise(sd=1e-4)
    a = replace(of(100.0), throughput_low=80.0, throughput_high=120.0, interval_basis="samples")
    b = replace(of(150.0), throughput_low=110.0, throughput_high=190.0, interval_basis="samples")
    found = throughput_ratio(a, b, (quiet, quiet, quiet))
    assert found is not None
    assert (found.low, found.value, found.high) == pytest.approx((110 / 120, 1.5, 190 / 80))
    assert found.direction == 0
    several = replace(of(150.0, 150.0), throughput_low=1.0, throughput_high=999.0, interval_basis="processes")
    apart = throughput_ratio(a, several, (quiet, quiet, quiet))
    assert apart is not None
    assert (apart.low, apart.high) == pytest.approx((150 / 120, 150 / 80))


def test_latency_of_another_statistic_has_no_floor() -> None:
    """The interval inside a process is that of its own statistic."""
    fields = {"latency_low": 0.05, "latency_high": 0.2, "interval_basis": "samples"}
    a, b = (replace(of(t), latency_p50_s=1 / t, latency_statistic="p50", **fields) for t in (10.0, 12.0))
    found, other = (
        latency_ratio(*(replace(e, latency_statistic=s) for e in (a, b)), NOISE) for s in ("p50", "mean")
    )
    assert found is not None
    assert other is not None
    assert (found.low, found.high) == pytest.approx((0.25, 4.0))
    assert other.low > found.low


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
