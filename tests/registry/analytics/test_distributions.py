from __future__ import annotations

import duckdb
import pytest
from fitment.registry.analytics import distributions
from fitment.registry.analytics.distributions import Part, distribution
from fitment.registry.analytics.selection import Selection, chosen


@pytest.mark.usefixtures("five")
def test_shares_are_of_those_that_say_one(
    con: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Missing is counted apart; those of the same size by name; what is beyond the most is summed up."""
    with chosen(con, Selection()):
        found = distribution(con, "licence")
        assert found.parts[0] == Part("apache-2.0", 2, 0.5)
        assert [part.label for part in found.parts[1:]] == ["cc-by-nc-4.0", "llama2"]
        assert (found.n, found.missing, found.distinct, found.others) == (4, 1, 3, 0)
        monkeypatch.setattr(distributions, "MOST", 1)
        assert distribution(con, "licence").others == 2
        assert distribution(con, "architecture").distinct == 1
