"""Results into rows."""

from __future__ import annotations

from pathlib import Path

from fitment.registry.catalogue.naming import rename_model

from tests.registry.catalogue import decisions
from tests.registry.empty_stores import empty_store
from tests.registry.storage import examples


def test_published_rows_under_an_old_name_belong_to_the_model_as_it_is_called_now(tmp_path: Path) -> None:
    """A whole file that brings old and new names adds to the renamed models, and makes the others."""
    store = empty_store(tmp_path / "x.duckdb")
    examples.import_lines(store, range(1, 3), "subset.csv")
    rename_model(store, "net1", "one")
    assert examples.import_lines(store, range(1, 7)).added == 4
    found = decisions.query(store, "SELECT model, count(*) FROM performance_results GROUP BY 1 ORDER BY 1")
    assert found == [("net0", 2), ("net2", 2), ("one", 2)]
    assert decisions.query(store, "SELECT name FROM models ORDER BY id") == [("one",), ("net2",), ("net0",)]
