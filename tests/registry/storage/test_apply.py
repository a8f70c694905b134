"""Events into rows."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import duckdb
import pytest
from fitment.registry.storage import apply, database, journal
from fitment.registry.storage.store import Store

from tests.registry.empty_stores import empty_store
from tests.registry.storage import examples


def replayed(path: Path, new: Path) -> None:
    """The journal of ``path`` applied to a fresh database ``new``."""
    folder = journal.folder_of(path)
    with database.create(new, "id") as con:
        apply.catch_up(con, folder, journal.START)


def test_rows_do_not_depend_on_how_events_are_batched(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One event a transaction and all in one give the same rows and ids."""
    found = []
    for size in (1, 2, 500):
        monkeypatch.setattr(apply, "_BATCH", size)
        replayed(path, path.with_name(f"{size}.duckdb"))
        found.append(examples.tables(path.with_name(f"{size}.duckdb")))
    assert examples.differing(found[0], found[1]) == []
    assert examples.differing(found[0], found[2]) == []


def test_an_event_that_cannot_be_applied_is_kept_and_later_ones_go_on(tmp_path: Path) -> None:
    """Bad events are named with their error; the good ones around them are in the tables."""
    store = empty_store(tmp_path / "x.duckdb")
    store.append("sweep", {"sweep_id": "s"})
    store.append("nonsense", {})
    examples.append.append_measurement(store, examples.measured(2))
    body = {"row": {"recorded_at": "2026-01-01T00:00:00+00:00", "batch": -1}}
    store.append("measured", body, count=1)
    examples.append.append_measurement(store, examples.measured(3))
    held = examples.tables(store.path)
    assert [seq for seq, _ in held["unapplied"]] == [2, 3, 5]
    assert "KeyError: 'nonsense'" in [error for _, error in held["unapplied"]]
    assert len(held["events"]) == 6
    assert examples.results(store.path) == [1, 3]
    assert any("3 event(s) could not be applied" in notice for notice in store.notices)


def test_bad_events_cost_the_good_ones_of_their_batch_nothing(tmp_path: Path) -> None:
    """A replay in one batch keeps exactly what one event at a time kept."""
    store = empty_store(tmp_path / "x.duckdb")
    for batch in range(1, 8):
        examples.append.append_measurement(store, examples.measured(batch))
        if batch % 3 == 0:
            store.append("sweep", {"sweep_id": None})
    replayed(store.path, tmp_path / "new.duckdb")
    left, right = examples.tables(store.path), examples.tables(tmp_path / "new.duckdb")
    assert [table for table in examples.differing(left, right) if table != "meta"] == []
    assert len(left["unapplied"]) == 2


def test_times_with_an_offset_are_stored_in_utc(path: Path) -> None:
    """An hour east of Greenwich is an hour earlier."""
    store = Store.open(path)
    with store.reading() as con:
        assert con.execute("SELECT started_at FROM sweeps").fetchall() == [(datetime(2026, 1, 2, 2, 4, 5),)]


def test_a_row_that_two_files_bring_counts_once(path: Path) -> None:
    """A subset and then the whole file are the whole once; ids may have gaps, rows keep the first id."""
    store = Store.open(path)
    with store.reading() as con:
        keys = con.execute("SELECT row_key, count(*) FROM performance_results GROUP BY 1").fetchall()
        added = con.execute("SELECT file, accepted, added FROM imports ORDER BY seq").fetchall()
    assert {count for key, count in keys if key} == {1}
    assert len(keys) == 12 + 1
    assert added == [("subset.csv", 4, 4), ("pub.csv", 12, 8)]


def test_the_same_row_twice_in_one_file_counts_once(tmp_path: Path) -> None:
    """Keys are told apart inside a file as well."""
    store = empty_store(tmp_path / "x.duckdb")
    outcome = examples.append.append_import(
        store,
        importer="timm",
        file="f.csv",
        file_sha256="a",
        rows=[examples.imported(1), examples.imported(2), examples.imported(1)],
        environments=[examples.PUBLISHED],
        rejects=[],
    )
    assert (outcome.accepted, outcome.added) == (3, 2)
    assert examples.results(store.path) == [1, 2]


def test_a_model_takes_its_size_from_the_first_result_that_knows_it(tmp_path: Path) -> None:
    """A published row without parameters leaves room for the measured one; a later one changes nothing."""
    store = empty_store(tmp_path / "x.duckdb")
    for parameters in (None, 7, 9):
        row = examples.replace(examples.measured(), parameters=parameters)
        examples.append.append_measurement(store, row)
    with store.reading() as con:
        assert con.execute("SELECT name, parameters FROM models").fetchall() == [("resnet18", 7)]


def test_hardware_takes_its_memory_from_an_environment_that_comes_later(tmp_path: Path) -> None:
    """The order of a result and its environment doesn't matter."""
    store = empty_store(tmp_path / "x.duckdb")
    examples.append.append_measurement(store, examples.measured())
    examples.append.append_environment(store, examples.ENVIRONMENT)
    with store.reading() as con:
        assert con.execute("SELECT memory_bytes FROM hardware_platforms").fetchall() == [(8 << 30,)]


def test_a_full_disk_is_not_the_event_s_fault(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another cause prevents is tried again later, never written off as unapplied."""
    store = Store.open(path)

    def full(*_: object) -> None:
        raise duckdb.IOException("No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(apply, "_write", full)
        examples.append.append_measurement(store, examples.measured(64))
        assert store.pending() == 1
    with store.reading() as con:
        assert con.execute("SELECT count(*) FROM unapplied").fetchall() == [(0,)]
        assert con.execute("SELECT count(*) FROM performance_results WHERE batch = 64").fetchall() == [(1,)]
