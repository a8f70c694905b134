"""fitment.harness.cli.dry_run: what a sweep would do, and how long it would take."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fitment.harness.cli.dry_run import dry_run_lines
from fitment.harness.probe import Machine
from fitment.harness.sweeps.expected import budgeted_s
from fitment.harness.sweeps.grid import MAX_BATCH, Grid, Sweep
from fitment.harness.sweeps.plan import Plan, make_plan
from fitment.harness.sweeps.standing import standing
from fitment.registry.records import Measurement
from fitment.registry.results.append import SweepRecord, append_measurement, append_sweep
from fitment.registry.storage.store import Store

from tests.harness.sweeps.test_sweep import CPU, SWEEP
from tests.registry.empty_stores import empty_store


def planned(*batches: int, precision: str = "fp32", invocations: int = 1) -> Plan:
    grid = Grid(models=("resnet18",), precisions=(precision,), batches=batches)
    sweep: Sweep = replace(SWEEP, grids=(grid,), invocations=invocations)
    return make_plan(sweep, Machine((CPU,)))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Two results of a quick sweep: batch 1 took 20 s, batch 8 took 40 s; and a strict one of 500 s."""
    store = empty_store(tmp_path / "s.duckdb")
    for name, profile, batch, begun, ended in (
        ("s1", "quick", 1, "03:00:00", "03:00:20"),
        ("s2", "quick", 8, "04:00:00", "04:00:40"),
        ("s3", "strict", 32, "05:00:00", "05:08:20"),
    ):
        at = "2026-01-02T{}+00:00".format
        append_sweep(store, SweepRecord(name, "a", at(begun), "", "hash", None, None, 2, profile))
        run = planned(batch).runs[0]
        measurement = Measurement(
            run.cell, run.env_id, "ok", at(ended), sweep_id=name, invocation=9, throughput=100.0
        )
        measurement = replace(measurement, first_call_s=5.0)
        append_measurement(store, measurement)
    return store


def test_without_results_the_budgets_speak() -> None:
    """Between every minimum met at once and every budget spent, and the profile is named."""
    lines = dry_run_lines(standing(planned(1, 8), None), "quick")
    assert lines == [
        "resnet18 b1 fp32 eager cpu",
        "resnet18 b8 fp32 eager cpu",
        "2 runs, 0 finished before",
        "eta 6 s to 32 s, by the budgets of profile quick",
    ]


def test_earlier_results_speak_first(store: Store) -> None:
    """Cells that ran take what they took, others what their like took; another profile says nothing."""
    assert dry_run_lines(standing(planned(1, 8), store), "quick")[-1] == (
        "eta about 60 s, as earlier runs took"
    )
    assert dry_run_lines(standing(planned(64), store), "quick")[-1] == "eta about 30 s, as earlier runs took"
    assert dry_run_lines(standing(planned(64), store), "standard")[-1].endswith(
        "by the budgets of profile standard"
    )


def test_a_ladder_is_counted_as_one(store: Store) -> None:
    """It is called max until it is resolved, and its rungs are in the time."""
    lines = dry_run_lines(standing(planned(1, MAX_BATCH), store), "quick")
    assert lines[:3] == [
        "resnet18 b1 fp32 eager cpu",
        "resnet18 max fp32 eager cpu",
        "2 runs, 0 finished before, after 1 ladder to a batch that fits",
    ]
    assert lines[3] == "eta about 7 min, as earlier runs took"  # 20 s, and 13 times 30 s
    lines = dry_run_lines(standing(planned(1, MAX_BATCH, invocations=2), store), "quick")
    assert lines[4] == "4 runs, 0 finished before, after 1 ladder to a batch that fits"
    assert lines[5] == "eta about 8 min, as earlier runs took"  # and 20 s, and 30 s
    assert dry_run_lines(standing(planned(MAX_BATCH, invocations=2), None), "quick")[-1].startswith(
        "eta 46 s to 4 min"
    )


def test_a_run_with_more_than_itself_in_its_time_tells_nothing(store: Store) -> None:
    """What took longer than budgets and first call allow had a ladder's rungs or a pause in it."""
    run = planned(16).runs[0]
    append_sweep(
        store, SweepRecord("s4", "a", "2026-01-02T06:00:00+00:00", "", "hash", None, None, 2, "quick")
    )
    found = Measurement(run.cell, run.env_id, "ok", "2026-01-02T07:00:00+00:00", sweep_id="s4", invocation=9)
    append_measurement(store, replace(found, throughput=100.0, first_call_s=0.1))
    assert dry_run_lines(standing(planned(16), store), "quick")[-1] == "eta about 30 s, as earlier runs took"


def test_nothing_to_run_takes_no_time() -> None:
    """Where the probe answers everything there is no time to tell."""
    lines = dry_run_lines(standing(planned(1, precision="fp16"), None), "quick")
    assert lines == [
        "resnet18 b1 fp16 eager cpu  unsupported_precision: no fp16",
        "1 run, 0 finished before",
    ]


@pytest.mark.parametrize("profile", ["quick", "standard", "strict"])
def test_budgets_are_a_range(profile: str) -> None:
    """The most is more than the least; more careful profiles take longer at most."""
    least, most = budgeted_s(profile)
    assert 0 < least < most
    assert budgeted_s("quick")[1] <= most <= budgeted_s("strict")[1]
