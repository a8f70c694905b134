"""Estimates: medians over ok processes, one for each candidate and environment."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fitment.kernels.intervals import location_interval
from fitment.registry.answers import Estimate
from fitment.registry.records import Configuration
from fitment.registry.results.append import append_environment, append_import
from fitment.registry.results.behind import is_current
from fitment.registry.results.estimates import axis_values, group_estimates, model_names
from fitment.registry.results.refresh import refresh
from fitment.registry.storage.store import Store

from tests.registry.empty_stores import empty_store
from tests.registry.fit.stores import HERE, THERE, journalling, measure, measurement


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return empty_store(tmp_path / "fitment.duckdb")


def only(store: Store, model: str = "net") -> Estimate:
    with store.reading() as connection:
        (found,) = group_estimates(connection, model)
    return found


def derive(store: Store) -> int:
    with store.deriving() as connection:
        seq = connection.execute("SELECT applied_seq FROM meta").fetchall()[0][0]
        refresh(connection, seq)
        return int(connection.execute("SELECT count(*) FROM estimates").fetchall()[0][0])


def test_medians_over_processes(store: Store) -> None:
    """Throughput, latency and memory are medians over ok processes; failures only count as tried."""
    runs = [(10.0, 100, 0.1), (14.0, 300, 0.3), (11.0, 200, 0.2), (20.0, 500, 0.5)]
    with journalling(store):
        for i, (throughput, memory, latency) in enumerate(runs):
            figures = {"peak_memory_bytes": memory, "latency_p50_s": latency}
            measure(store, "net", HERE, 1, throughput, invocation=i, **figures)
        measure(store, "net", HERE, 1, None, status="crashed", invocation=9)
    found = only(store)
    assert (found.status, found.n, found.n_tried) == ("ok", 4, 5)
    assert (found.throughput, found.latency_p50_s, found.memory_bytes) == (12.5, 0.25, 250)
    assert found.evidence.result_ids == (1, 2, 3, 4)


def test_statistics_that_not_all_have(store: Store) -> None:
    """p95 counts only where every process has it; the best statistic that all have is the latency."""
    measure(store, "net", HERE, 1, 10.0, latency_p95_s=0.3)
    assert (only(store).latency_statistic, only(store).latency_s) == ("p95", 0.3)
    measure(store, "net", HERE, 1, 10.0, invocation=1)
    assert only(store).latency_p95_s is None
    assert (only(store).latency_statistic, only(store).latency_s) == ("p50", 0.1)


def test_memory_of_two_scopes_is_none(store: Store) -> None:
    """Memory of differing scopes has no median."""
    measure(store, "net", HERE, 1, 10.0)
    measure(store, "net", HERE, 1, 10.0, memory_scope="allocator", invocation=1)
    assert (only(store).memory_bytes, only(store).memory_scope) == (None, None)


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        (("crashed", "oom_host"), "oom_host"),
        (("device_fault", "timeout"), "timeout"),
        (("model_error", "cancelled"), "cancelled"),
        (("ok", "crashed"), "ok"),
        (("ok", "numerics_nan"), "numerics_nan"),
    ],
)
def test_status_that_stands_for_all(store: Store, statuses: tuple[str, ...], expected: str) -> None:
    """A success stands before failures, a decided failure before others, wrong output before all."""
    with journalling(store):
        for i, status in enumerate(statuses):
            throughput = 10.0 if status == "ok" else None
            measure(store, "net", HERE, 1, throughput, status=status, detail=f"{status} it was", invocation=i)
    assert (only(store).status, only(store).detail) == (expected, f"{expected} it was")


def test_quarantined_run_counts_for_nothing(store: Store) -> None:
    """A run whose throughput was not possible is no ok process, and leaves its flag."""
    measure(store, "net", HERE, 1, 10.0)
    measure(store, "net", HERE, 1, float("nan"), latency_p50_s=None, latency_mean_s=None, invocation=1)
    found = only(store)
    assert (found.n, found.n_tried, found.throughput, found.flags) == (1, 2, 10.0, "quarantined,speed_only")


def test_flags_are_joined_once(store: Store) -> None:
    """The flags of all runs are named once each, in order."""
    with journalling(store):
        for i, flags in enumerate(("noisy,contended", "", "noisy")):
            measure(store, "net", HERE, 1, 10.0, flags=flags, invocation=i)
    assert only(store).flags == "contended,noisy,speed_only"


@pytest.mark.parametrize(
    ("source", "flags"), [("zoo", "speed_only"), ("published", "speed_only"), ("module", "")]
)
def test_seeded_weights_say_nothing_of_accuracy(store: Store, source: str, flags: str) -> None:
    """The zoo's weights are drawn from a seed, published figures state none; a module's own are judged."""
    measure(store, "net", HERE, 1, 10.0, cell={"model_source": source})
    assert only(store).flags == flags


def test_simulated_rows_never_enter(store: Store) -> None:
    """A simulated result is no evidence, alone or beside others."""
    measure(store, "net", HERE, 1, 10.0)
    measure(store, "net", HERE, 1, 999.0, provenance="simulated", invocation=1)
    measure(store, "dream", HERE, 1, 999.0, provenance="simulated")
    assert (only(store).throughput, only(store).n) == (10.0, 1)
    with store.reading() as connection:
        assert group_estimates(connection, "dream") == []


def test_environments_are_never_pooled(store: Store) -> None:
    """Two environments of one hardware give two estimates, each with its own n."""
    other = replace(HERE, torch="2.9.0")
    measure(store, "net", HERE, 1, 10.0)
    measure(store, "net", other, 1, 20.0)
    with store.reading() as connection:
        found = group_estimates(connection, "net")
    assert {(e.torch, e.throughput, e.n) for e in found} == {("2.13.0", 10.0, 1), ("2.9.0", 20.0, 1)}
    assert len({e.stack for e in found}) == 2


def test_groups_are_kept_apart(store: Store) -> None:
    """Model version, scenario and input shape each make a group of their own; seed and weights don't."""
    cells: list[dict[str, Any]] = [
        {},
        {"model_version": "v2"},
        {"scenario": "train_step"},
        {"input_shape": "3x160x160"},
        {"seed": 7},
    ]
    with journalling(store):
        for cell in cells:
            measure(store, "net", HERE, 1, 10.0, cell=cell)
    with store.reading() as connection:
        found = group_estimates(connection, "net")
    assert sorted(e.n for e in found) == [1, 1, 1, 2]
    assert len({e.group for e in found}) == 4


def test_evidence(store: Store) -> None:
    """The tier says whether this machine measured it; the source names host and torch, or file and line."""
    measure(store, "a", HERE, 1, 10.0)
    measure(store, "b", THERE, 1, 10.0)
    row = measurement(
        "c",
        THERE,
        1,
        10.0,
        provenance="imported",
        source="pub.csv",
        source_line=12,
        row_key="x",
        assumed="threads",
    )
    append_import(
        store, importer="timm", file="pub.csv", file_sha256="0", rows=[row], environments=[THERE], rejects=[]
    )
    found = {name: only(store, name) for name in "abc"}
    assert {n: e.evidence.tier for n, e in found.items()} == {
        "a": "measured here", "b": "measured elsewhere", "c": "imported",
    }  # fmt: skip
    assert found["a"].evidence.source == f"{HERE.host}, torch 2.13.0"
    assert found["c"].evidence.source == "pub.csv:12"
    assert found["c"].assumed == "threads"


def test_capacity(store: Store) -> None:
    """Capacity is the device's own memory, else the machine's."""
    append_environment(store, HERE)
    measure(store, "net", HERE, 1, 10.0)
    assert only(store).capacity_bytes == 8 << 30
    machine = replace(HERE, device_memory_bytes=None, memory_gib=16)
    measure(store, "other", machine, 1, 10.0)
    assert only(store, "other").capacity_bytes == 16 << 30


def test_stored_equal_to_recomputed(store: Store) -> None:
    """What refresh stores reads back as what is made in memory, and is current until the next event."""
    measure(store, "net", HERE, 1, 10.0, latency_p95_s=0.3)
    measure(store, "net", THERE, 8, None, status="oom_host", detail="too much")
    with store.reading() as connection:
        made = group_estimates(connection)
        assert not is_current(connection)
    assert derive(store) == 2
    with store.reading() as connection:
        assert is_current(connection)
        assert sorted(group_estimates(connection), key=lambda e: e.hardware) == sorted(
            made, key=lambda e: e.hardware
        )
    measure(store, "net", HERE, 1, 30.0, invocation=1)
    with store.reading() as connection:
        assert not is_current(connection)
    assert {e.throughput for e in all_of(store)} == {20.0, None}


def all_of(store: Store) -> list[Estimate]:
    with store.reading() as connection:
        return group_estimates(connection)


def test_refreshing_again_changes_nothing(store: Store) -> None:
    """Estimates are replaced, never added."""
    measure(store, "net", HERE, 1, 10.0)
    assert derive(store) == derive(store) == 1


def test_stored_tier_is_the_readers(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store that was scored on one machine and read on another does not claim "measured here"."""
    measure(store, "net", HERE, 1, 10.0)
    derive(store)
    assert only(store).evidence.tier == "measured here"
    monkeypatch.setattr("socket.gethostname", lambda: "another")
    assert only(store).evidence.tier == "measured elsewhere"


def test_order_of_results_changes_nothing(tmp_path: Path) -> None:
    """Two stores with the same results in another order have the same estimates, ids aside."""
    runs = [(HERE, 1, 10.0), (HERE, 8, 12.0), (THERE, 1, 14.0), (HERE, 1, 17.0)]
    found = []
    for name, order in (("a", runs), ("b", runs[::-1])):
        store = empty_store(tmp_path / name)
        with journalling(store):
            for environment, batch, throughput in order:
                measure(store, "net", environment, batch, throughput)
        bare = (replace(e, evidence=replace(e.evidence, result_ids=())) for e in all_of(store))
        found.append({(e.hardware, e.configuration): e for e in bare})
    assert found[0] == found[1]


def test_names(store: Store) -> None:
    """Models and axis values are those that results have, sorted."""
    measure(store, "b", HERE, 1, 10.0)
    measure(store, "a", HERE, 1, 10.0)
    with store.reading() as connection:
        assert model_names(connection) == ["a", "b"]
        assert axis_values(connection) == {
            "precision": ["fp32"], "compile_mode": ["eager"], "memory_format": ["contiguous"],
        }  # fmt: skip


def test_pinned_and_free_threads_are_two_candidates(store: Store) -> None:
    """Results of different pinning are never pooled, neither stored nor made in memory."""
    bound = Configuration(1, "fp32", "eager", pinning="close")
    with journalling(store):
        for invocation, throughput in enumerate((10.0, 12.0)):
            measure(store, "net", HERE, 1, throughput, invocation=invocation)
        measure(store, "net", HERE, 1, 50.0, cell={"configuration": bound})
    for _ in ("in memory", "stored"):
        with store.reading() as connection:
            found = {e.configuration.pinning: e.throughput for e in group_estimates(connection, "net")}
        assert found == {"none": 11.0, "close": 50.0}
        derive(store)


def test_the_interval_comes_from_the_processes(store: Store) -> None:
    """Of two processes or more it is that of the median of their medians, of throughput and of latency."""
    throughputs = (10.0, 14.0, 11.0)
    with journalling(store):
        for i, throughput in enumerate(throughputs):
            inside = {"throughput_low": 9.9, "throughput_high": 10.1, "latency_p50_low_s": 0.01}
            measure(store, "net", HERE, 1, throughput, invocation=i, **inside)
    found = only(store)
    expected = location_interval(throughputs)
    assert found.interval_basis == "processes"
    assert (found.throughput_low, found.throughput_high) == pytest.approx((expected.low, expected.high))
    expected = location_interval([1 / throughput for throughput in throughputs])
    assert (found.latency_low, found.latency_high) == pytest.approx((expected.low, expected.high))


def test_the_interval_of_one_process_is_labelled_as_its_own(store: Store) -> None:
    """What was found inside the one process is passed on as that; without it there is no interval."""
    inside = {"throughput_low": 9.0, "throughput_high": 12.0, "latency_p50_low_s": 0.09}
    measure(store, "net", HERE, 1, 10.0, latency_p50_high_s=0.12, **inside)
    found = only(store)
    assert found.interval_basis == "samples"
    assert (found.throughput_low, found.throughput_high) == (9.0, 12.0)
    assert (found.latency_low, found.latency_high) == (0.09, 0.12)
    measure(store, "bare", HERE, 1, 10.0)
    found = only(store, "bare")
    assert (found.throughput_low, found.latency_high, found.interval_basis) == (None, None, None)


def test_the_interval_of_latency_is_that_of_its_statistic(store: Store) -> None:
    """Where p95 is the latency, the interval is p95's; inside one process there is none of it."""
    inside = {"latency_p95_s": 0.3, "latency_p50_low_s": 0.09, "latency_p50_high_s": 0.12}
    measure(store, "net", HERE, 1, 10.0, throughput_low=9.0, throughput_high=11.0, **inside)
    assert (only(store).latency_low, only(store).interval_basis) == (None, "samples")
    measure(store, "net", HERE, 1, 10.0, invocation=1, latency_p95_s=0.6)
    expected = location_interval([0.3, 0.6])
    assert (only(store).latency_low, only(store).latency_high) == pytest.approx((expected.low, expected.high))


def test_failures_have_no_interval(store: Store) -> None:
    """Neither a failure alone nor one beside a single process makes an interval of processes."""
    measure(store, "net", HERE, 1, None, status="oom_host")
    assert only(store).interval_basis is None
    measure(store, "net", HERE, 1, 10.0, invocation=1)
    assert (only(store).n, only(store).interval_basis) == (1, None)


def test_an_older_protocol_is_not_pooled(store: Store) -> None:
    """What an older protocol measured, or found wrong, is history once a newer one has measured the same."""
    old = {"cell": {"protocol": 1}}
    measure(store, "net", HERE, 1, None, status="numerics_nan", **old)
    measure(store, "net", HERE, 1, 10.0, invocation=1, **old)
    assert only(store).status == "numerics_nan"
    measure(store, "net", HERE, 1, 20.0)
    assert (only(store).status, only(store).n, only(store).throughput) == ("ok", 1, 20.0)


@pytest.mark.filterwarnings("error")
def test_an_interval_beyond_all_numbers(store: Store) -> None:
    """Processes hundreds of orders of magnitude apart have no upper end, and nothing is warned of."""
    for invocation, throughput in enumerate((1.0, 1e300)):
        measure(store, "net", HERE, 1, throughput, invocation=invocation)
    assert only(store).throughput_high == math.inf


def test_energy_is_the_median_of_one_meter(tmp_path: Path) -> None:
    """Processes whose energy is not known don't count; that of two kinds of meter is not compared."""
    store = empty_store(tmp_path / "fitment.duckdb")
    with journalling(store):
        for i, energy in enumerate((3.0, None, 5.0)):
            source = None if energy is None else "nvml"
            measure(store, "net", HERE, 1, 10.0, invocation=i, energy_per_unit_j=energy, energy_source=source)
        for i, source in enumerate(("nvml", "rapl")):
            measure(store, "net", HERE, 8, 10.0, invocation=i, energy_per_unit_j=2.0, energy_source=source)
    with store.reading() as connection:
        found = {
            e.configuration.batch: (e.energy_per_unit_j, e.energy_source) for e in group_estimates(connection)
        }
    assert found == {1: (4.0, "nvml"), 8: (None, None)}


def test_of_some_stacks_alone(store: Store) -> None:
    """Stored or made in memory; none where there is no such stack, or nothing at all."""
    with store.reading() as connection:
        assert group_estimates(connection, stacks=[HERE.stack]) == []
    with journalling(store):
        measure(store, "net", HERE, 1, 10.0)
        measure(store, "net", THERE, 1, 20.0)
    for prepare in (lambda: None, lambda: derive(store)):
        prepare()
        with store.reading() as connection:
            found = group_estimates(connection, stacks=[THERE.stack, "another"])
            assert [e.hardware for e in found] == [THERE.hardware]
            assert group_estimates(connection, stacks=[]) == []
