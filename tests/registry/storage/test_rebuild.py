"""The projection made again from the journal."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import duckdb
import pytest
from fitment.registry.errors import NoResultsError, StoreBusyError, StoreDamagedError
from fitment.registry.records import Calibration, Ceiling
from fitment.registry.results import append
from fitment.registry.storage import apply, database, rebuild, segments
from fitment.registry.storage.store import Store

from tests.registry.storage import examples


def derive(con: duckdb.DuckDBPyConnection) -> None:
    """Stands for the scores: a derived table that is a function of the results."""
    con.execute(
        """INSERT INTO task_recommendations
           SELECT id, 'inference', model_id, hardware_id, batch, false, false, 1, throughput, batch,
                  precision, recorded_at, NULL, (SELECT applied_seq FROM meta)
           FROM performance_results WHERE throughput IS NOT NULL"""
    )


def test_a_rebuild_recreates_every_table_ids_included(path: Path) -> None:
    """Measured, failed, quarantined and imported rows, samples, segments, derived rows: all are the same."""
    store = Store.open(path)
    with store.deriving() as con:
        derive(con)
    before = examples.tables(store.path)
    report = rebuild.rebuild(store.path, derive)
    assert examples.differing(before, examples.tables(store.path)) == []
    assert (report.events, report.results, report.unapplied, report.quarantined) == (9, 16, 0, None)
    filled = {table for table, rows in before.items() if rows}
    assert {"performance_results", "samples", "imports", "task_recommendations", "segments"} < filled


def test_a_rebuild_leaves_nothing_beside_the_database(path: Path) -> None:
    """NAME.new and its log are gone when the swap is done."""
    store = Store.open(path)
    (path.parent / "x.duckdb.new").write_bytes(b"left by a crash")
    rebuild.rebuild(store.path)
    assert sorted(entry.name for entry in path.parent.iterdir()) == ["x.duckdb", "x.journal"]


def test_without_a_function_the_derived_tables_are_empty(path: Path) -> None:
    """Scores are not journalled, so that a rebuild alone knows none."""
    store = Store.open(path)
    with store.deriving() as con:
        derive(con)
    rebuild.rebuild(store.path)
    assert examples.tables(store.path)["task_recommendations"] == []


def test_events_appended_meanwhile_are_in_the_new_database(path: Path) -> None:
    """A result that comes between the replay and the swap is not lost."""
    store = Store.open(path)
    ids: list[int] = []

    def meanwhile(_: duckdb.DuckDBPyConnection) -> None:
        ids.append(examples.append.append_measurement(store, examples.measured(77)))

    rebuild.rebuild(store.path, meanwhile)
    assert ids[0] in examples.results(store.path)


def test_a_failing_function_leaves_the_old_database(path: Path) -> None:
    """Nothing is swapped in unless all of it is there."""
    store = Store.open(path)
    before = store.path.read_bytes()

    def failing(_: duckdb.DuckDBPyConnection) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        rebuild.rebuild(store.path, failing)
    assert store.path.read_bytes() == before
    assert not list(path.parent.glob("*.new*"))


@pytest.mark.parametrize("missing", [True, False])
def test_a_rebuild_refuses_while_a_segment_is_not_whole(path: Path, missing: bool) -> None:
    """The database that still holds its rows stays."""
    store = Store.open(path)
    before = store.path.read_bytes()
    path = next((path.parent / "x.journal" / "segments").iterdir())
    path.unlink() if missing else path.write_bytes(b"PAR1")
    with pytest.raises(segments.SegmentDamagedError, match=path.name):
        rebuild.rebuild(store.path)
    assert store.path.read_bytes() == before


def test_a_rebuild_refuses_while_a_record_is_damaged(path: Path) -> None:
    """Damage in the journal is healed first, not replayed around."""
    store = Store.open(path)
    content = bytearray(examples.log(store.path).read_bytes())
    content[len(content) // 2] ^= 1
    examples.log(store.path).write_bytes(content)
    before = store.path.read_bytes()
    with pytest.raises(StoreDamagedError, match="fitment doctor"):
        rebuild.rebuild(store.path)
    assert store.path.read_bytes() == before


def test_a_rebuild_waits_for_readers_and_then_says_busy(path: Path) -> None:
    """A database that is open is not replaced under its reader."""
    store = Store.open(path)
    with database.connect(store.path, read_only=True), pytest.raises(StoreBusyError):
        rebuild.rebuild(store.path, wait_s=0.1)


def test_events_that_can_be_applied_now_are_retried(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an earlier release could not apply is applied by a rebuild of one that can."""
    store = Store.open(path)
    with monkeypatch.context() as patched:
        patched.delitem(apply._KINDS, "measured")
        number = examples.append.append_measurement(store, examples.measured(128))
    assert number not in examples.results(store.path)
    assert rebuild.rebuild(store.path).unapplied == 0
    assert number in examples.results(store.path)


def test_without_a_journal_there_is_nothing_to_rebuild_from(tmp_path: Path) -> None:
    """A path without a journal is refused and nothing is made there."""
    with pytest.raises(NoResultsError, match="nothing to rebuild from"):
        rebuild.rebuild(tmp_path / "x.duckdb")
    assert list(tmp_path.iterdir()) == []


def test_calibrations_are_the_same_after_a_rebuild(path: Path) -> None:
    """What the harness costs and what a device can reach come back row for row, each with its event."""
    store = Store.open(path)
    ceilings = (
        Ceiling(precision="fp32", bytes_per_s=2e10),
        Ceiling(precision="fp8", bytes_per_s=None, detail="no kernel for it here"),
    )
    full = Calibration(
        examples.ENVIRONMENT.id,
        "2026-01-02T03:04:05+01:00",
        timer_resolution_s=1e-9,
        timer_overhead_s=8e-8,
        null_step_s=3e-7,
        sampler_cpu_share=0.01,
        noise=0.02,
        noise_processes=5,
        ceilings=ceilings,
    )
    append.append_calibration(store, full)
    append.append_calibration(store, replace(full, ceilings=(), noise=None, noise_processes=None))
    before = examples.tables(path)
    env_id, at = examples.ENVIRONMENT.id, datetime(2026, 1, 2, 2, 4, 5)
    assert sorted(before["calibrations"]) == [
        (10, env_id, at, 1e-9, 8e-8, 3e-7, 0.01, 0.02, 5),
        (11, env_id, at, 1e-9, 8e-8, 3e-7, 0.01, None, None),
    ]
    with store.reading() as con:
        held = con.execute(
            "SELECT seq, env_id, precision, bytes_per_s, detail FROM ceilings ORDER BY precision"
        ).fetchall()
    assert held == [
        (10, env_id, "fp32", 2e10, None),
        (10, env_id, "fp8", None, "no kernel for it here"),
    ]
    rebuild.rebuild(path)
    assert examples.differing(before, examples.tables(path)) == []
