from __future__ import annotations

import duckdb
import pytest
from fitment.registry.analytics.selection import Selection, chosen
from fitment.registry.catalogue.model_records import find_record
from fitment.registry.errors import NoResultsError


def ids(con: duckdb.DuckDBPyConnection, **asked: str) -> list[str]:
    with chosen(con, Selection(**asked)):
        return [name for (name,) in con.execute("SELECT model_id FROM chosen ORDER BY 1").fetchall()]


@pytest.mark.usefixtures("five")
def test_the_newest_release_counts(con: duckdb.DuckDBPyConnection) -> None:
    """The one that find_record finds."""
    with chosen(con, Selection()):
        versions = dict(con.execute("SELECT model_id, version FROM chosen").fetchall())
    assert versions == {name: find_record(con, name).version for name in versions}
    assert versions["a/one"] == "2"


@pytest.mark.usefixtures("five")
def test_filters(con: duckdb.DuckDBPyConnection) -> None:
    """In any case; a task is the record's own or a tag; an older version's licence is no answer."""
    assert ids(con, organisation="a") == ["a/one", "a/three", "a/two"]
    assert ids(con, task="Text_Generation") == ["a/one", "a/two"]
    assert ids(con, task="CHAT") == ["a/one", "a/three", "b/four"]
    assert ids(con, licence="Apache 2.0", organisation="A") == ids(
        con, licence="APACHE-2.0", organisation="A"
    )
    assert ids(con, licence="Apache-2.0", organisation="A") == ["a/one"]
    with pytest.raises(NoResultsError, match="none of the 5 recorded models has licence mit"):
        ids(con, licence="mit")


def test_nothing_recorded(con: duckdb.DuckDBPyConnection) -> None:
    """The way out is named, and no table is left behind."""
    with pytest.raises(NoResultsError, match="fitment model import"):
        ids(con)
    assert con.execute("SELECT table_name FROM duckdb_tables()").fetchall() == [("model_records",)]
