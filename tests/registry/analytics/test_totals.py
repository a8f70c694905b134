from __future__ import annotations

import duckdb
import pytest
from fitment.registry.analytics.selection import Selection, chosen
from fitment.registry.analytics.totals import totals


@pytest.mark.usefixtures("five")
def test_counts(con: duckdb.DuckDBPyConnection) -> None:
    """A model counts once, its versions beside it; of each fact how many have it."""
    with chosen(con, Selection()):
        found = totals(con)
    assert (found.models, found.versions, found.organisations) == (5, 6, 2)
    assert (found.with_licence, found.without_licence) == (4, 1)
    assert (found.with_parameters, found.with_size, found.with_metrics, found.with_rating) == (4, 2, 3, 0)
    with chosen(con, Selection(organisation="B")):
        assert totals(con).versions == 1
