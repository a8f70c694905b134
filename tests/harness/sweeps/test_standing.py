"""fitment.harness.sweeps.standing: what a sweep knows before it starts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fitment.harness.probe import Machine
from fitment.harness.sweeps.grid import MAX_BATCH, Grid
from fitment.harness.sweeps.plan import Plan, make_plan
from fitment.harness.sweeps.standing import standing
from fitment.registry.catalogue.naming import rename_model
from fitment.registry.records import Measurement
from fitment.registry.results.append import append_measurement
from fitment.registry.results.retract import retract
from fitment.registry.storage.store import Store

from tests.harness.sweeps.test_sweep import CPU, SWEEP
from tests.registry.empty_stores import empty_store


def plan(*batches: int, model: str = "resnet18") -> Plan:
    sweep = replace(SWEEP, grids=(Grid(models=(model,), batches=batches),), invocations=2)
    return make_plan(sweep, Machine((CPU,)))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return empty_store(tmp_path / "s.duckdb")


def keep(
    store: Store,
    batch: int,
    invocation: int,
    status: str = "ok",
    throughput: float = 1.0,
    model: str = "resnet18",
) -> None:
    run = plan(batch, model=model).runs[invocation]
    append_measurement(
        store,
        Measurement(
            run.cell,
            run.env_id,
            status,
            "2026-01-01T00:00:00+00:00",
            invocation=invocation,
            throughput=throughput if status == "ok" else None,
        ),
    )


def test_without_a_store_everything_is_to_do() -> None:
    """So with ``again``, whatever the store holds."""
    start = standing(plan(1, 8), None)
    assert (start.todo, start.before) == (list(plan(1, 8).runs), [])


def test_again_forgets_what_is_known(store: Store) -> None:
    """Neither results nor bounds of earlier sweeps count."""
    keep(store, 8, 0, "oom_host")
    start = standing(plan(8, 16), store, again=True)
    assert len(start.todo) == 4
    assert start.bounds.implied(plan(16).runs[0]) is None


def test_finished_runs_are_told_apart_from_what_is_left(store: Store) -> None:
    """How they ended is known; what was cancelled is left."""
    keep(store, 1, 0)
    keep(store, 8, 0, "timeout")
    keep(store, 8, 1, "cancelled")
    start = standing(plan(1, 8), store)
    assert sorted(start.before) == ["ok", "timeout"]
    assert {(run.cell.configuration.batch, run.invocation) for run in start.todo} == {(1, 1), (8, 1)}


def test_what_was_retracted_is_measured_again(store: Store) -> None:
    """Neither the result nor the bound that it drew counts any more."""
    keep(store, 8, 0, "oom_host")
    keep(store, 8, 1)
    retract(store, [1], "another process had the memory")
    start = standing(plan(8, 16), store)
    left = {(run.cell.configuration.batch, run.invocation) for run in start.todo}
    assert left == {(8, 0), (16, 0), (16, 1)}
    assert start.bounds.implied(plan(16).runs[0]) is None


def test_a_ladder_that_was_climbed_stands_for_its_batch(store: Store) -> None:
    """With its invocations: those that are finished, and those that are left. Before that it is "max"."""
    keep(store, 5, 0)
    assert all(run.unresolved for run in standing(plan(MAX_BATCH), store).runs)
    keep(store, 6, 0, "oom_host")
    start = standing(plan(MAX_BATCH), store)
    assert [run.cell.configuration.batch for run in start.runs] == [5, 5]
    assert [(run.cell.configuration.batch, run.invocation) for run in start.todo] == [(5, 1)]


def test_a_bound_that_no_longer_holds_is_forgotten(store: Store) -> None:
    """Of several endings of one invocation the latest decides."""
    keep(store, 8, 0, "oom_host")
    keep(store, 8, 0, "ok")
    start = standing(plan(8), store)
    assert start.bounds.smallest_oom(plan(8).runs[0].series) is None
    assert start.bounds.largest_ok(plan(8).runs[0].series) == 8


def test_another_name_forgets_nothing(store: Store) -> None:
    """A sweep under the old name finds what is finished, the bounds, and what they say of a ladder."""
    keep(store, 5, 0)
    keep(store, 6, 0, "oom_host")
    rename_model(store, "resnet18", "r18")
    keep(store, 4, 1)
    start = standing(plan(4, 6, 8), store)
    assert {(run.cell.configuration.batch, run.invocation) for run in start.todo} == {
        (4, 0),
        (6, 1),
        (8, 0),
        (8, 1),
    }
    of = start.runs[0].series
    assert (start.bounds.smallest_oom(of), start.bounds.largest_ok(of)) == (6, 5)
    assert all(start.bounds.implied(run) for run in plan(8).runs)
    assert [run.cell.configuration.batch for run in standing(plan(MAX_BATCH), store).runs] == [5, 5]


def test_a_module_that_moved_keeps_what_is_known_of_it(store: Store) -> None:
    """A sweep under the new name stands on what was measured under the old one, named as it is stored."""
    old, new = "module:nets:make", "module:models.nets:make"
    keep(store, 8, 0, "oom_host", model=old)
    keep(store, 1, 0, model=old)
    rename_model(store, "nets:make", "models.nets:make")
    start = standing(plan(1, 16, model=new), store)
    assert [(run.cell.configuration.batch, run.invocation) for run in start.todo if run.size == 1] == [(1, 1)]
    (sixteen, _) = (run for run in start.todo if run.size == 16)
    reason = start.bounds.implied(sixteen)
    assert reason is not None
    assert plan(8, model=old).runs[0].cell_key in reason[1]
    both = standing(
        Plan((*plan(1, model=old).runs, *plan(1, model=new).runs), plan(1).environments, ()), store
    )
    assert [run.invocation for run in both.todo] == [1, 1]


def test_what_earlier_sweeps_measured_orders_the_queue(store: Store) -> None:
    """Second invocations of what is contested come before the others."""
    for batch, throughput in ((1, 10.0), (8, 100.0), (32, 101.0)):
        keep(store, batch, 0, throughput=throughput)
    left = [run.cell.configuration.batch for run in standing(plan(1, 8, 32), store).queue()]
    assert sorted(left[:2]) == [8, 32]
    assert left[2] == 1
