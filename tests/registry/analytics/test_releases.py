from __future__ import annotations

from datetime import date

import duckdb
import pytest
from fitment.registry.analytics.releases import MOST_MONTHS, Period, releases
from fitment.registry.analytics.selection import Selection, chosen

from tests.registry.analytics.records import insert


@pytest.mark.usefixtures("five")
def test_months_and_quarters(con: duckdb.DuckDBPyConnection) -> None:
    """Also those without a release; a quarter that began before the first month is whole."""
    with chosen(con, Selection()):
        found = releases(con)
    assert (found.n, found.missing, found.last) == (3, 2, date(2023, 12, 31))
    assert [period.n for period in found.months] == [2, 0, 0, 0, 0, 0, 0, 0, 0, 1]
    assert [(q.start, q.n) for q in found.quarters] == [
        *((date(2023, 1, 1), 2), (date(2023, 4, 1), 0), (date(2023, 7, 1), 0), (date(2023, 10, 1), 1))
    ]
    assert found.quarters[-1].trailing == 0.75
    assert all(month.trailing is None for month in found.months)
    assert (found.last_year, found.year_before) == (3, 0)


def test_the_calendars_ends(con: duckdb.DuckDBPyConnection) -> None:
    """A date of the year 1 makes no list of twenty thousand months; it is counted as older."""
    insert(con, "old", released_on=date(1, 1, 1))
    insert(con, "new", released_on=date(9999, 12, 31))
    with chosen(con, Selection()):
        found = releases(con)
    assert len(found.months) == MOST_MONTHS
    assert found.months[-1] == Period(date(9999, 12, 1), 1, 1 / 12)
    assert (found.n, found.earlier) == (2, 1)


def test_nothing_dated(con: duckdb.DuckDBPyConnection) -> None:
    """No first and no last."""
    insert(con, "a")
    with chosen(con, Selection()):
        assert releases(con).first is None
