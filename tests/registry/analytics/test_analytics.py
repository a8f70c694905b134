from __future__ import annotations

import duckdb
import pytest
from fitment.registry.analytics.analytics import analytics
from fitment.registry.analytics.selection import Selection


@pytest.mark.usefixtures("five")
def test_all_parts_are_of_the_same_models(con: duckdb.DuckDBPyConnection) -> None:
    """Each analysis accounts for every chosen model, counted or missing; rows' order changes nothing."""
    found = analytics(con)
    n = found.totals.models
    assert all(d.n + d.missing == n for d in found.distributions)
    assert found.releases.n + found.releases.missing == n
    assert found.sizes.parameters.n + found.sizes.parameters.missing == n
    assert sum(found.sizes.bins.counts) + found.sizes.bins.missing == n
    assert all(c.models + c.left_out == n for c in found.concentration)
    assert sum(each.models for each in found.permissions.classes) == n
    con.execute("CREATE TABLE turned AS FROM model_records ORDER BY model_id DESC")
    con.execute("DROP TABLE model_records; ALTER TABLE turned RENAME TO model_records")
    assert analytics(con) == found
    assert analytics(con, Selection(organisation="B")).totals.models == 1
