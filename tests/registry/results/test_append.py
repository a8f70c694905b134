"""What becomes of measurements, sweeps, environments and imports."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from fitment.registry.records import as_row
from fitment.registry.results import append
from fitment.registry.storage import database
from fitment.registry.storage.store import Store

from tests.registry.empty_stores import empty_store
from tests.registry.storage import examples


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store."""
    return empty_store(tmp_path / "x.duckdb", wait_s=0)


def only(store: Store, columns: str, table: str = "performance_results") -> list[tuple[object, ...]]:
    """All rows of some columns."""
    with store.reading() as con:
        return con.execute(f"SELECT {columns} FROM {table}").fetchall()


def test_every_field_of_a_measurement_is_stored_under_its_name(store: Store) -> None:
    """What goes in comes out, column by column, and what was not measured is NULL."""
    measurement = examples.measured(
        8, steady=True, signal=9, energy_per_unit_j=0.25, weights_hash="w", flags="noisy", exit_code=-9
    )
    append.append_measurement(store, measurement)
    with store.reading() as con:
        cursor = con.execute("SELECT * FROM performance_results")
        names = [column[0] for column in cursor.description]
        held = dict(zip(names, cursor.fetchall()[0], strict=True))
    expected = as_row(measurement)
    assert held["recorded_at"].isoformat() + "+00:00" == expected.pop("recorded_at")
    assert {name: held[name] for name in expected} == expected
    own = {"id", "seq", "model_id", "hardware_id", "candidate_id", "kind_id", "recorded_at"}
    assert held.keys() - expected.keys() == own


def test_ids_count_results(store: Store) -> None:
    """Each result has the next id, whatever other events come between."""
    assert append.append_measurement(store, examples.measured()) == 1
    append.append_environment(store, examples.ENVIRONMENT)
    assert append.append_measurement(store, examples.measured()) == 2


@pytest.mark.parametrize("n", [3, 5000])
def test_samples_are_kept_in_order(store: Store, n: int) -> None:
    """Raw latencies come back as they were measured, few or many."""
    samples = np.random.default_rng(0).lognormal(size=n)
    append.append_measurement(store, examples.measured(), samples)
    ((number, held),) = only(store, "result_id, latency_s", "samples")
    assert number == 1
    assert held == samples.tolist()


def test_samples_that_cannot_be_are_left_out_and_flagged(store: Store) -> None:
    """One impossible latency spoils all: the aggregates of its kind could not be made again."""
    append.append_measurement(store, examples.measured(), np.array([0.1, float("nan")]))
    assert only(store, "*", "samples") == []
    assert only(store, "flags, detail") == [
        ("quarantined", "quarantined: samples=not all finite and > 0"),
    ]


def test_a_median_above_its_99th_percentile_is_quarantined(store: Store) -> None:
    """Neither of the two is believed, and both are told."""
    append.append_measurement(store, examples.measured(latency_p99_s=0.05))
    assert only(store, "latency_p50_s, latency_p99_s, throughput, flags, detail") == [
        (None, None, 10.0, "quarantined", "quarantined: latency_p50_s=0.1 > p99, latency_p99_s=0.05"),
    ]


@pytest.mark.parametrize("name", ["energy_per_unit_j", "steal_s", "relative_l2"])
def test_numbers_that_json_does_not_know_never_reach_the_journal(store: Store, name: str) -> None:
    """NaN and infinities are quarantined in every column, not only in those that are scored."""
    append.append_measurement(store, examples.measured(**{name: float("inf")}))
    assert only(store, f"{name}, flags") == [(None, "quarantined")]


def test_a_number_beyond_64_bits_is_quarantined(store: Store) -> None:
    """What no column can hold is told in the detail."""
    append.append_measurement(store, examples.replace(examples.measured(), peak_memory_bytes=2**63))
    assert only(store, "peak_memory_bytes, detail") == [(None, f"quarantined: peak_memory_bytes={2**63}")]


def test_numpy_s_own_numbers_are_taken(store: Store) -> None:
    """Scalars that come out of arrays need no conversion by who measures."""
    row = examples.measured(n_samples=np.int64(7), steady=np.bool_(True), latency_mean_s=np.float64(0.5))
    append.append_measurement(store, row)
    assert only(store, "n_samples, steady, latency_mean_s, flags") == [(7, True, 0.5, "")]


def test_an_environment_is_written_once(store: Store) -> None:
    """A known one causes no second event, in the database or still on the way to it."""
    append.append_environment(store, examples.ENVIRONMENT)
    append.append_environment(store, examples.ENVIRONMENT)
    with database.connect(store.path, read_only=True):
        append.append_environment(store, examples.PUBLISHED)
        append.append_environment(store, examples.PUBLISHED)
    assert [event.kind for event in store.events()] == ["store", "environment", "environment"]
    assert only(store, "env_id, provenance, hardware", "environments ORDER BY created_at") == [
        (examples.ENVIRONMENT.id, "measured", "Test CPU, 2 cores"),
        (examples.PUBLISHED.id, "measured", "Test GPU, 24 GiB"),
    ]


def test_a_sweep_is_kept_once(store: Store) -> None:
    """A sweep that is resumed under its id stays the one that it was."""
    for name in ("first", "again"):
        append.append_sweep(
            store, append.SweepRecord("s", name, "2026-01-02T03:04:05+00:00", "text", "hash", "abc", False, 1)
        )
    assert only(store, "sweep_id, name, git_commit, git_dirty, protocol", "sweeps") == [
        ("s", "first", "abc", False, 1)
    ]


def test_an_import_says_what_became_of_its_rows(store: Store) -> None:
    """Accepted, added and rejected are counted, and each reject keeps its line and reason."""
    assert examples.import_lines(store, range(1, 4)) == append.ImportOutcome(3, 3, 1)
    assert only(store, "file, line, reason", "import_rejects") == [("pub.csv", 99, "empty metrics")]


def test_a_subset_and_then_the_whole_are_the_whole_once(store: Store) -> None:
    """Rows are known by their keys, whichever file brings them."""
    assert examples.import_lines(store, range(3, 6)).added == 3
    assert examples.import_lines(store, range(1, 8)).added == 4
    assert examples.import_lines(store, range(1, 8)).added == 0
    assert only(store, "count(*), count(DISTINCT row_key), min(source_line), max(source_line)") == [
        (7, 7, 1, 7)
    ]
    assert len(only(store, "*", "imports")) == 2


def test_rows_that_cannot_be_are_rejected_and_the_rest_imported(store: Store) -> None:
    """An imported row is never quarantined: it is rejected, with its line and the number."""
    outcome = append.append_import(
        store,
        importer="timm",
        file="f.csv",
        file_sha256="a",
        rows=[examples.imported(1), examples.imported(2, throughput=float("nan"))],
        environments=[],
        rejects=[],
    )
    assert outcome == append.ImportOutcome(1, 1, 1)
    assert only(store, "line, reason", "import_rejects") == [
        (2, "not a possible measurement: throughput=nan"),
    ]


def test_a_file_of_rejects_alone_is_kept_as_such(store: Store) -> None:
    """Nothing is added, and what was wrong can be looked up."""
    outcome = append.append_import(
        store,
        importer="timm",
        file="f.csv",
        file_sha256="a",
        rows=[],
        environments=[],
        rejects=[append.Reject(2, "x")],
    )
    assert outcome == append.ImportOutcome(0, 0, 1)
    assert store.notices == []


def test_an_import_while_the_database_is_in_use_is_kept(store: Store) -> None:
    """How many rows are new is not known yet; they are there when the database is free."""
    with database.connect(store.path, read_only=True):
        assert examples.import_lines(store, range(1, 4)) == append.ImportOutcome(3, None, 1)
    assert only(store, "count(*)") == [(3,)]


def test_a_row_without_a_key_is_our_own_mistake(store: Store) -> None:
    """An importer has to say what makes a row the same row."""
    with pytest.raises(ValueError, match="row_key"):
        append.append_import(
            store,
            importer="timm",
            file="f.csv",
            file_sha256="a",
            rows=[examples.imported(1, row_key=None)],
            environments=[],
            rejects=[],
        )
    assert len(list(store.events())) == 1


def test_an_event_holds_only_what_was_measured(store: Store) -> None:
    """Fields that are None take no room in the journal."""
    append.append_measurement(store, examples.measured())
    row = list(store.events())[1].body["row"]
    assert None not in row.values()
    assert len(json.dumps(row)) < len(json.dumps(as_row(examples.measured()))) / 2
    assert set(row) <= set(as_row(examples.measured()))
