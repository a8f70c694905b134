"""The store with its tables."""

from __future__ import annotations

from pathlib import Path

import pytest
from fitment.registry.catalogue.schema import create_schema
from fitment.registry.errors import DatabasePathError, ForeignFileError
from fitment.registry.storage import database
from fitment.registry.storage.store import Store

FOUR = {
    "model_registry_versions",
    "hardware_model_compatibility",
    "task_recommendations",
    "hardware_compatibility_snapshots",
}


def test_the_tables_are_there_after_it_and_nothing_is_lost_by_it(store: Store, tmp_path: Path) -> None:
    """A new store has the integration tables by name; one that is there keeps its results."""
    made = create_schema(tmp_path / "new.duckdb")
    assert (made.created, made.results, made.version) == (True, 0, database.SCHEMA_VERSION)
    assert set(made.tables) >= FOUR
    again = create_schema(store.path)
    assert (again.created, again.results) == (False, 5)


def test_a_foreign_file_is_not_touched(tmp_path: Path) -> None:
    """It is refused, as it stands."""
    (tmp_path / "x.duckdb").write_bytes(b"something else")
    with pytest.raises(ForeignFileError):
        create_schema(tmp_path / "x.duckdb")
    assert (tmp_path / "x.duckdb").read_bytes() == b"something else"


def test_a_name_that_no_file_can_have_is_the_users_mistake(tmp_path: Path) -> None:
    """Said in one line before anything is looked at."""
    with pytest.raises(DatabasePathError, match="can't be a database's path"):
        create_schema(tmp_path / ("x" * 5000))
