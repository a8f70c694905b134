from __future__ import annotations

import duckdb
import pytest
from fitment.registry.analytics.permission_classes import permission_classes
from fitment.registry.analytics.selection import Selection, chosen

from tests.registry.analytics.records import insert


@pytest.mark.usefixtures("five")
def test_classes(con: duckdb.DuckDBPyConnection) -> None:
    """Every model is in one class; unknown and missing are two, and neither is a permission."""
    insert(con, "six", licence="a-tag-of-nobody")
    with chosen(con, Selection()):
        found = permission_classes(con)
    classes = {each.name: each for each in found.classes}
    assert {name: each.models for name, each in classes.items()} == {
        "compatible": 2,
        "conditional": 1,
        "incompatible": 1,
        "unknown": 1,
        "missing": 1,
    }
    assert (classes["missing"].licences, classes["compatible"].restricted) == (0, 1)
    assert found.licences[0].licence == "apache-2.0"
    assert "a-tag-of-nobody" in {each.licence for each in found.licences if each.verdict == "unknown"}
    assert all(each.reason for each in found.licences if each.verdict in ("incompatible", "conditional"))
