"""Latencies of one model: pooled over processes, with what is missing to a percentile."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest
from fitment.harness.profiles import PROFILES
from fitment.kernels.intervals import location_interval
from fitment.kernels.percentiles import samples_needed
from fitment.registry.errors import NoResultsError
from fitment.registry.records import Configuration
from fitment.registry.results.append import SweepRecord, append_import, append_sweep
from fitment.registry.results.latencies import (
    CONFIDENCE,
    USUAL_CONFIDENCE,
    Latencies,
    Percentile,
    latencies,
)
from fitment.registry.storage.store import Store

from tests.registry.empty_stores import empty_store
from tests.registry.fit.stores import HERE, THERE, journalling, measure, measurement

COMPILED = {"configuration": Configuration(1, "fp32", "inductor")}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return empty_store(tmp_path / "fitment.duckdb")


def found(store: Store, model: str = "net") -> list[Latencies]:
    with store.reading() as connection:
        return latencies(connection, model)


def run(store: Store, p50: float, **fields: Any) -> None:
    """Stores an ok process with that median."""
    measure(store, "net", HERE, 1, 1 / p50, **{"latency_p50_s": p50} | fields)


def test_processes_are_pooled_by_the_median(store: Store) -> None:
    """p50, p95 and p99 are medians over the processes; the interval of p50 comes from the processes."""
    p50s = (0.1, 0.3, 0.2)
    with journalling(store):
        for i, p50 in enumerate(p50s):
            run(store, p50, invocation=i, latency_p95_s=2 * p50, latency_p99_s=3 * p50, flags="noisy")
        measure(store, "net", HERE, 1, None, status="crashed", invocation=9)
    (row,) = found(store)
    assert (row.n, row.p50, row.p95, row.p99) == (3, 0.2, Percentile(0.4), Percentile(pytest.approx(0.6)))
    expected = location_interval(p50s)
    assert (row.p50_low, row.p50_high) == pytest.approx((expected.low, expected.high))
    assert (row.interval_basis, row.flags) == ("processes", ("noisy",))


def test_one_process_has_the_interval_from_inside(store: Store) -> None:
    """It is labelled as that, and absent where none was stored."""
    run(store, 0.1, latency_p50_low_s=0.09, latency_p50_high_s=0.11)
    (row,) = found(store)
    assert (row.p50_low, row.p50_high, row.interval_basis) == (0.09, 0.11, "samples")
    measure(store, "bare", HERE, 1, 10.0)
    (row,) = found(store, "bare")
    assert (row.p50_low, row.interval_basis) == (None, None)


def test_a_missing_percentile_says_what_it_needs(store: Store) -> None:
    """The process that is furthest from the percentile counts its missing samples, at 95 %."""
    with journalling(store):
        run(store, 0.1, latency_p95_s=0.2, n_effective=200.0)
        run(store, 0.1, invocation=1, n_effective=50.7)
        run(store, 0.1, invocation=2, n_effective=80.0)
    (row,) = found(store)
    assert row.p95 == Percentile(None, 93 - 50) == Percentile(None, samples_needed(0.95, 0.95, 50.7))
    assert row.p99 == Percentile(None, 473 - 50)


def test_a_strict_sweep_has_to_be_surer(store: Store) -> None:
    """Results of the profile strict need the samples of 99 %."""
    append_sweep(store, SweepRecord("s", "s", "2026-01-02T03:04:05+00:00", "", "", None, None, 2, "strict"))
    run(store, 0.1, n_effective=100.0, sweep_id="s")
    (row,) = found(store)
    assert (row.p95.missing, row.p99.missing) == (30, 562)


def test_confidences_are_those_of_the_profiles() -> None:
    """What a report asks for is what the profile measures for."""
    assert {name: CONFIDENCE.get(name, USUAL_CONFIDENCE) for name in PROFILES} == {
        name: profile.confidence for name, profile in PROFILES.items()
    }


def test_what_is_missing_may_not_be_known(store: Store) -> None:
    """Without n_effective, or with enough of it, no number is made up."""
    run(store, 0.1)
    run(store, 0.1, cell={"configuration": Configuration(2, "fp32", "eager")}, n_effective=1000.0)
    assert [row.p95 for row in found(store)] == [Percentile(None, None)] * 2


def test_the_break_even_is_in_calls(store: Store) -> None:
    """compile_s over what a compiled call saves, with the eager twin of the same environment."""
    with journalling(store):
        run(store, 0.5)
        run(store, 0.25, cell=COMPILED, compile_s=10.0)
        run(store, 0.25, cell=COMPILED, compile_s=30.0, invocation=1)
        measure(store, "net", THERE, 1, 10.0, cell=COMPILED, compile_s=10.0)
    rows = {(row.hardware, row.configuration.compile_mode): row.break_even for row in found(store)}
    assert rows == {
        (HERE.hardware, "eager"): None,
        (HERE.hardware, "inductor"): 80.0,
        (THERE.hardware, "inductor"): None,
    }


def test_compiling_may_never_pay(store: Store) -> None:
    """Where the compiled call is not faster there is no number of calls."""
    run(store, 0.5)
    run(store, 0.5, cell=COMPILED, compile_s=10.0)
    assert [row.break_even for row in found(store)] == [None, math.inf]


def test_configurations_and_environments_are_kept_apart(store: Store) -> None:
    """Each has a row of its own, in a fixed order; simulated results have none."""
    with journalling(store):
        measure(store, "net", THERE, 8, 10.0)
        measure(store, "net", THERE, 1, 10.0)
        run(store, 0.1, cell={"input_shape": "3x32x32"})
        run(store, 0.1, provenance="simulated", cell={"input_shape": "3x64x64"})
    assert [(row.group.input_shape, row.hardware, row.configuration.batch) for row in found(store)] == [
        ("3x224x224", THERE.hardware, 1),
        ("3x224x224", THERE.hardware, 8),
        ("3x32x32", HERE.hardware, 1),
    ]


def test_published_means_are_no_percentiles(store: Store) -> None:
    """A model of which only mean step times are known has nothing to show, and that is said."""
    row = measurement("net", HERE, 1, 10.0, latency_p50_s=None, provenance="imported", row_key="k")
    append_import(
        store, importer="timm", file="f", file_sha256="s", rows=[row], environments=[HERE], rejects=[]
    )
    with pytest.raises(
        NoResultsError, match='no latencies of "net" are stored: its results are 1 ok, none of them'
    ):
        found(store)


@pytest.mark.parametrize(
    ("model", "reason"),
    [
        ("broken", "its results are 2 oom_host, 1 timeout, none of them with percentiles"),
        ("ne*", "one model by its whole name is needed, such as net"),
        ("nett", "one model by its whole name is needed, such as net"),
        ("zebra", "`fitment report --all` shows what is; `fitment sweep --models M` measures"),
    ],
)
def test_what_is_there_instead_is_said(store: Store, model: str, reason: str) -> None:
    """Nobody is told to measure again what failed, or what is called otherwise."""
    with journalling(store):
        run(store, 0.1)
        for i, status in enumerate(("oom_host", "oom_host", "timeout")):
            measure(store, "broken", HERE, 1, None, status=status, invocation=i)
    with pytest.raises(NoResultsError) as raised:
        found(store, model)
    assert str(raised.value) == f'no latencies of "{model}" are stored: {reason}'


def test_an_older_protocol_is_not_pooled(store: Store) -> None:
    """Once a newer protocol has measured the same, what an older one measured is history."""
    run(store, 0.4, cell={"protocol": 1})
    assert [row.p50 for row in found(store)] == [0.4]
    run(store, 0.2)
    assert [(row.n, row.p50) for row in found(store)] == [(1, 0.2)]
