"""Rows of the history."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from fitment.registry.storage.history_rows import histories, history
from fitment.registry.storage.journal import Event

from tests.registry.empty_stores import empty_store

COLUMNS = "seq, recorded_at, actor, model, subject, action, from_value, to_value"


def test_a_change_is_kept_with_who_and_when(tmp_path: Path) -> None:
    """In UTC, under the model that the event or the caller names, several of one event in their order."""
    at = "2026-01-02T04:05:06+01:00"
    event = Event(7, "k", at, 1, 0, 1, {"actor": "ada@lab", "model": "m"})
    with empty_store(tmp_path / "x.duckdb").deriving() as con:
        history(con, event, "version v1", "added", to_value="1f3a")
        histories(con, event, [("a", "linked", None, "v1"), ("b", "moved", "v0", "v1")], model="n")
        found = con.execute(f"SELECT {COLUMNS} FROM history ORDER BY rowid").fetchall()
    who = (7, datetime(2026, 1, 2, 3, 5, 6), "ada@lab")
    assert found == [
        (*who, "m", "version v1", "added", None, "1f3a"),
        (*who, "n", "a", "linked", None, "v1"),
        (*who, "n", "b", "moved", "v0", "v1"),
    ]
