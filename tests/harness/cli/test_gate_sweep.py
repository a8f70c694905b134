from __future__ import annotations

import json
from pathlib import Path

import pytest
from fitment.harness.cli.main import main
from fitment.registry.catalogue.versions import add_version
from fitment.registry.changes.snapshots import create_snapshot
from fitment.registry.records import Cell, Configuration, Environment, Measurement
from fitment.registry.results.append import SweepRecord, append_environment, append_measurement, append_sweep
from fitment.registry.results.link import link_results
from fitment.registry.storage.store import Store

GPU = Environment("cuda", "Some GPU 24 GB", host="here", device_uuid="GPU-1")
CELL = Cell("net", "zoo", "", "forward", "cuda", GPU.hardware, "3x8x8", Configuration(8, "fp32", "eager"))


def sweep(store: Store, day: int, size: int) -> None:
    """One run on that day, of so many bytes."""
    env_id = append_environment(store, GPU)
    at = f"2026-03-{day:02d}T00:00:00Z"
    append_sweep(store, SweepRecord(str(day), f"day {day}", at, "", "0", None, None, 2))
    append_measurement(
        store,
        Measurement(
            CELL,
            env_id,
            "ok",
            at,
            sweep_id=str(day),
            throughput=1000.0,
            latency_p50_s=0.008,
            peak_memory_bytes=size,
            memory_scope="allocator",
        ),
    )


def test_more_memory_than_the_snapshot_s_is_a_regression(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the table, the report, the exit code, and how to take it on purpose."""
    path, report = tmp_path / "s.duckdb", tmp_path / "r.json"
    store = Store.open(path, create=True)
    sweep(store, 1, 2**30)
    add_version(store, "net", "a1")
    link_results(store, "net", "a1", [1])
    create_snapshot(store, "net", "a1")
    words = ["gate", "sweep", "--base", "net@a1", "--db-path", str(path), "--report", str(report)]
    assert main(words) == 4
    assert "was not measured since the snapshot" in capsys.readouterr().err
    sweep(store, 2, 2**30 + 2**25)
    assert main(words) == 5
    said = capsys.readouterr().out
    assert "REGRESSION" in said
    assert "peak allocated bytes" in said
    assert "fitment create-snapshot net VERSION takes this run as the baseline" in said
    assert json.loads(report.read_text())["exit_code"] == 5


@pytest.mark.parametrize("asked", ["nothing@a1", "17"])
def test_a_base_that_is_missing_is_never_a_pass(
    tmp_path: Path, asked: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 4, for a store that is missing and for a snapshot that is."""
    path = tmp_path / "s.duckdb"
    words = ["gate", "sweep", "--base", asked, "--db-path", str(path)]
    assert main(words) == 4
    assert "no results at" in capsys.readouterr().err
    sweep(Store.open(path, create=True), 1, 2**30)
    assert main(words) == 4
    assert capsys.readouterr().err.startswith("fitment: ")
