"""One stored result, with what is known of where it was measured."""

from __future__ import annotations

from pathlib import Path

import pytest
from fitment.registry.errors import NoResultsError
from fitment.registry.records import Calibration
from fitment.registry.results.append import append_calibration, append_import
from fitment.registry.results.stored import stored_result
from fitment.registry.storage.store import Store

from tests.registry.empty_stores import empty_store
from tests.registry.fit.stores import HERE, measure, measurement


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return empty_store(tmp_path / "fitment.duckdb")


def test_a_result_comes_with_its_environment_and_newest_calibration(store: Store) -> None:
    """Of two calibrations the later one holds."""
    result_id = measure(store, "net", HERE, 4, 10.0)
    for null_step_s in (1e-6, 2e-6):
        append_calibration(store, Calibration(HERE.id, "2026-01-02T03:04:05+00:00", 1e-9, 1e-7, null_step_s))
    with store.reading() as con:
        found = stored_result(con, result_id)
    assert (found.id, found.row["model"], found.row["batch"]) == (result_id, "net", 4)
    assert found.environment["host"] == HERE.host
    assert found.calibration["null_step_s"] == 2e-6
    assert found.sweep == {}


def test_an_unknown_environment_is_no_facts(store: Store) -> None:
    """A published row of an environment that nobody described has none."""
    row = measurement("net", HERE, 4, 10.0, provenance="imported", row_key="k", source="f.csv")
    append_import(store, importer="x", file="f.csv", file_sha256="0", rows=[row], environments=[], rejects=[])
    with store.reading() as con:
        assert stored_result(con, 1).environment == {}


def test_an_unknown_id_says_which_there_are(store: Store) -> None:
    """The way out is among the ids that exist; an empty store says how to fill it."""
    with store.reading() as con, pytest.raises(NoResultsError, match="fitment sweep"):
        stored_result(con, 1)
    for _ in range(2):
        measure(store, "net", HERE, 4, 10.0)
    with (
        store.reading() as con,
        pytest.raises(NoResultsError, match=r"no result 9: the store holds 2 .* 1 to 2"),
    ):
        stored_result(con, 9)
