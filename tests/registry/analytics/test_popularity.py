from __future__ import annotations

import duckdb
import pytest
from fitment.registry.analytics.popularity import popularity
from fitment.registry.analytics.selection import Selection, chosen


@pytest.mark.usefixtures("five")
def test_most_downloaded_first(con: duckdb.DuckDBPyConnection) -> None:
    """Only those of which both figures are known."""
    with chosen(con, Selection()):
        assert [each.model_id for each in popularity(con)] == ["a/one", "a/two", "b/four"]
