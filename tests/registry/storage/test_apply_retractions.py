"""Retractions and their undoing into rows."""

from __future__ import annotations

from pathlib import Path

from tests.registry.catalogue import decisions
from tests.registry.storage import examples

ACTOR = {"actor": "a@b"}


def test_an_undone_retraction_leaves_its_row_and_stays_in_the_history(tmp_path: Path) -> None:
    """All of the ids or none; what was retracted twice, by journals joined, counts again by one undoing."""
    store = decisions.fill(tmp_path / "x.duckdb")
    for ids in ([1, 2], [2]):
        store.append("retracted", ACTOR | {"ids": ids, "reason": f"as {ids}"})
    before = examples.tables(store.path)
    store.append("reinstated", ACTOR | {"ids": [2, 3], "reason": "r"})
    assert examples.differing(before, examples.tables(store.path)) == ["events", "meta", "unapplied"]
    store.append("reinstated", ACTOR | {"ids": [2, 2], "reason": "r"})
    assert decisions.query(store, "SELECT result_id, reason FROM retractions") == [(1, "as [1, 2]")]
    assert decisions.changes(store) == [
        ("resnet18", "result 1", "retracted", None, "as [1, 2]"),
        ("resnet18", "result 2", "retracted", None, "as [1, 2]"),
        ("resnet18", "result 2", "retracted", None, "as [2]"),
        ("resnet18", "result 2", "reinstated", "as [1, 2]", "r"),
    ]
