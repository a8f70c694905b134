"""The single processes of cells, in a real store."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fitment.registry.records import Cell, Configuration, Environment, Measurement
from fitment.registry.results.append import (
    SweepRecord,
    append_environment,
    append_measurement,
    append_sweep,
)
from fitment.registry.results.cell_runs import machine_of, newest_sweep_runs, sessions, software_of
from fitment.registry.storage.store import Store

from tests.registry.empty_stores import empty_store

HERE = Environment("cpu", "a cpu", host="here", torch="2.13.0")
CELL = Cell("net", "zoo", "", "forward", "cpu", "a cpu", "8", Configuration(4, "fp32", "eager"))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Two sweeps of one cell, of 2 and 1 ok processes; the later one also has a failure and another model."""
    store = empty_store(tmp_path_factory.mktemp("store") / "s.duckdb")
    env_id = append_environment(store, HERE)
    for day, sweep_id in ((1, "one"), (2, "two")):
        started = f"2026-03-0{day}T00:00:00Z"
        append_sweep(store, SweepRecord(sweep_id, sweep_id, started, "", "0", None, None, 2))
    ok = Measurement(CELL, env_id, "ok", "2026-03-01T01:00:00Z", throughput=100.0, latency_p50_s=0.04)
    ok = replace(ok, peak_memory_bytes=2**30, memory_scope="rss")
    append_measurement(store, replace(ok, sweep_id="one"))
    append_measurement(store, replace(ok, sweep_id="one", throughput=400.0, latency_p50_s=0.01))
    append_measurement(store, replace(ok, sweep_id="two", throughput=50.0, latency_p50_s=0.08))
    failed = Measurement(CELL, env_id, "timeout", "2026-03-02T01:00:00Z", sweep_id="two", detail="late")
    append_measurement(store, failed)
    append_measurement(store, replace(ok, cell=replace(CELL, model="other"), sweep_id="two"))
    return store


def test_the_newest_sweep_with_its_failures(store: Store) -> None:
    """Only the model's; memory that no allocator counted is none."""
    with store.reading() as con:
        found = newest_sweep_runs(con, "net", ())
    assert (found.name, found.at) == ("sweep two", "2026-03-02T00:00:00+00:00")
    assert [(run.status, run.throughput, run.detail) for run in found.runs] == [
        ("ok", 50.0, None),
        ("timeout", None, "late"),
    ]
    assert {run.allocated_bytes for run in found.runs} == {None}


def test_results_that_are_known_do_not_make_a_sweep_the_newest(store: Store) -> None:
    """Nor are they among its runs."""
    with store.reading() as con:
        newest = newest_sweep_runs(con, "net", ())
        first, second = (run.result_id for run in newest.runs)
        assert [run.result_id for run in newest_sweep_runs(con, "net", {first}).runs] == [second]
        assert newest_sweep_runs(con, "net", {first, second}).name == "sweep one"


def test_each_sweep_is_a_session(store: Store) -> None:
    """With the median seconds per unit of its ok processes."""
    with store.reading() as con:
        env_id = newest_sweep_runs(con, "net", ()).runs[0].env_id
        one, two = sessions(con, "net", {env_id})
        assert sessions(con, "net", {"another"}) == []
    assert list(one.values()) == [pytest.approx((1 / 100 + 1 / 400) / 2)]
    assert list(two.values()) == [pytest.approx(1 / 50)]
    assert set(one) == set(two)


def test_the_machine_is_told_from_what_runs_on_it(store: Store) -> None:
    """A newer torch is no other machine; what is not known is left out."""
    with store.reading() as con:
        env_id = newest_sweep_runs(con, "net", ()).runs[0].env_id
        assert machine_of(con, {env_id}) == {
            env_id: {"device_kind": "cpu", "hardware": "a cpu", "host": "here"}
        }
        assert software_of(con, {env_id}) == {env_id: {"torch": "2.13.0"}}
