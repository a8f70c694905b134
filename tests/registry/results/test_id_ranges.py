from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from fitment.registry.results import id_ranges
from fitment.registry.results.export_tables import selected
from fitment.registry.results.id_ranges import IdRange, merged

from tests.registry.catalogue import decisions


def test_neighbours_are_put_together_as_far_as_they_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few results among many ids are one range; none holds more than the most."""
    monkeypatch.setattr(id_ranges, "MOST", 10)
    windows = [IdRange(0, 9, 4), IdRange(40, 49, 6), IdRange(50, 59, 1), IdRange(60, 69, 10)]
    assert merged(windows) == [IdRange(0, 49, 10), IdRange(50, 59, 1), IdRange(60, 69, 10)]
    assert merged([]) == []


def test_results_come_in_order_range_after_range(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever their order in the file, and filtered or not; no batch is larger than a range."""
    monkeypatch.setattr(id_ranges, "MOST", 2)
    store = decisions.fill(tmp_path / "x.duckdb")
    with duckdb.connect(str(store.path)) as con:
        con.execute("CREATE TABLE turned AS SELECT * FROM performance_results ORDER BY id DESC")
        con.execute("DELETE FROM performance_results")
        con.execute("INSERT INTO performance_results SELECT * FROM turned")
    with store.reading() as con:
        found = selected(con, "results")
        batches = [batch.to_pydict()["result_id"] for batch in found.batches]
        assert (found.count, [i for ids in batches for i in ids]) == (5, [1, 2, 3, 4, 5])
        assert all(len(ids) <= 2 for ids in batches)
        one = selected(con, "results", model="resnet34")
        assert [batch.to_pydict()["result_id"] for batch in one.batches] == [[5]]
