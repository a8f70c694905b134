"""The newest sweep against a snapshot, in a real store."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from fitment.harness.gate.errors import BaselineError, NothingMeasuredError
from fitment.harness.gate.judgement import TIME, Verdict, exit_code
from fitment.harness.gate.options import Options
from fitment.harness.gate.report import GateReport
from fitment.harness.gate.sweep_cells import MEMORY
from fitment.harness.gate.sweep_gate import gate_sweep
from fitment.registry.catalogue.versions import add_version
from fitment.registry.changes.snapshots import create_snapshot
from fitment.registry.errors import NoResultsError, UnknownNameError
from fitment.registry.records import Cell, Configuration, Environment, Measurement
from fitment.registry.results.append import (
    SweepRecord,
    append_environment,
    append_measurement,
    append_sweep,
)
from fitment.registry.results.link import link_results
from fitment.registry.storage.store import Store

from tests.registry.empty_stores import empty_store

MACHINE = Environment(
    "cuda", "Some GPU 24 GB", host="here", cpu="Some CPU", device_uuid="GPU-1", torch="2.12.0"
)
NEWER = replace(MACHINE, torch="2.13.0")
ELSEWHERE = replace(NEWER, host="there", device_uuid="GPU-2")
CELL = Cell("net", "zoo", "", "forward", "cuda", MACHINE.hardware, "3x8x8", Configuration(8, "fp32", "eager"))
GIB = 2**30


def at_batch(batch: int) -> Cell:
    return replace(CELL, configuration=replace(CELL.configuration, batch=batch))


def measure(
    store: Store,
    name: str,
    environment: Environment,
    *runs: tuple[Cell, float, int],
    failing: Cell | None = None,
) -> None:
    """A sweep of ok runs, (cell, throughput, bytes); ``failing`` runs out of memory."""
    env_id = append_environment(store, environment)
    day = len(name)
    append_sweep(store, SweepRecord(name, name, f"2026-03-{day:02d}T00:00:00Z", "", "0", None, None, 2))
    when = f"2026-03-{day:02d}T01:00:00Z"
    for number, (cell, throughput, size) in enumerate(runs):
        found = Measurement(cell, env_id, "ok", when, sweep_id=name, invocation=number)
        figures = {"throughput": throughput, "latency_p50_s": 8 / throughput, "peak_memory_bytes": size}
        append_measurement(store, replace(found, memory_scope="allocator", **figures))  # type: ignore[arg-type]
    if failing is not None:
        failed = Measurement(failing, env_id, "oom_device", when, sweep_id=name, detail="out of memory")
        append_measurement(store, failed)


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a snapshot of version a1: batches 8, 16 and 32 measured, 64 too large."""
    path = tmp_path_factory.mktemp("store") / "s.duckdb"
    store = empty_store(path)
    runs = [(cell, 1000.0 + i, GIB) for cell in map(at_batch, (8, 16, 32)) for i in range(2)]
    measure(store, "a", MACHINE, *runs, failing=at_batch(64))
    add_version(store, "net", "a1")
    link_results(store, "net", "a1", list(range(1, 8)))
    create_snapshot(store, "net", "a1")
    return path


@pytest.fixture
def store(before: Path, tmp_path: Path) -> Store:
    """A copy that a test may add to."""
    shutil.copytree(before.parent, tmp_path / "copy")
    return Store.open(tmp_path / "copy" / before.name)


def gated(store: Store, asked: str = "net@a1") -> GateReport:
    return gate_sweep(store, asked, Options())


def test_memory_decides_where_nothing_is_known_of_sweeps(store: Store) -> None:
    """A cell that takes more is a regression, the same is a pass; times stay open, and say why."""
    measure(
        store,
        "bb",
        NEWER,
        *[(at_batch(8), 500.0, GIB)] * 2,
        *[(at_batch(16), 1000.0, GIB + GIB // 50)] * 2,
        (at_batch(128), 1000.0, GIB),
        failing=at_batch(32),
    )
    found = gated(store)
    said = {(each.benchmark.split(" · ")[1], each.metric): each for each in found.judgements}
    assert {key: each.verdict for key, each in said.items()} == {
        ("batch 8", TIME): Verdict.INCONCLUSIVE,
        ("batch 8", MEMORY): Verdict.PASS,
        ("batch 16", TIME): Verdict.INCONCLUSIVE,
        ("batch 16", MEMORY): Verdict.REGRESSION,
        ("batch 128", TIME): Verdict.NEW,
        ("batch 32", TIME): Verdict.ERRORED,
        ("batch 64", TIME): Verdict.REMOVED,
    }
    slower = said["batch 8", TIME]
    assert (slower.base, slower.head) == (pytest.approx(1 / 1000.5, rel=1e-3), pytest.approx(1 / 500))
    assert "1 of 30 sweeps" in str(slower.note)
    assert said["batch 32", TIME].note == "ran in the snapshot, now oom_device (out of memory)"
    assert found.notes == ("torch: 2.12.0 before, 2.13.0 now",)
    assert found.base.label.startswith("snapshot ")
    assert found.base.label.endswith(" of version a1")
    assert found.head.label == "sweep bb"
    assert found.accept_by == "fitment create-snapshot net VERSION"
    assert exit_code(found.judgements, strict=False) == 5


def test_a_cell_that_failed_before_is_no_verdict(store: Store) -> None:
    """It says how it ended then, and that it runs now."""
    measure(store, "bb", MACHINE, (at_batch(64), 900.0, GIB), (at_batch(8), 1000.0, GIB))
    (judged,) = (each for each in gated(store).judgements if "batch 64" in each.benchmark)
    assert judged.verdict is Verdict.NOT_MEASURED
    assert judged.note == "failed in the snapshot: oom_device (out of memory); runs now"


def test_another_machine_is_refused(store: Store) -> None:
    """Nothing is judged, and what differs is named."""
    measure(store, "bb", ELSEWHERE, (at_batch(8), 1000.0, GIB))
    with pytest.raises(
        BaselineError, match=r"another machine \(device_uuid 'GPU-1', now 'GPU-2', host 'here'"
    ):
        gated(store)


def test_other_axes_have_nothing_in_common(store: Store) -> None:
    """It is no pass."""
    measure(store, "bb", MACHINE, (at_batch(128), 1000.0, GIB))
    with pytest.raises(NothingMeasuredError, match="no cell in common"):
        gated(store)


def test_what_is_not_stored_is_named(store: Store) -> None:
    """A snapshot that is none, a version without one, a model that was not measured since."""
    with pytest.raises(UnknownNameError, match=r"no snapshot 99: the newest are \d+ \(net@a1\)"):
        gated(store, "99")
    with pytest.raises(UnknownNameError, match="give its number or MODEL@VERSION"):
        gated(store, "net")
    with pytest.raises(NoResultsError, match=r"not measured since the snapshot.*--again"):
        gated(store)
    add_version(store, "net", "a2")
    with pytest.raises(NoResultsError, match="version a2 of net has no snapshot"):
        gated(store, "net@a2")
