"""What a terminal shows of versions, aliases, changes and stored scores."""

from __future__ import annotations

from datetime import datetime

import pytest
from fitment.registry.catalogue.aliases import Alias
from fitment.registry.catalogue.history import Change
from fitment.registry.catalogue.version_history import SnapshotMade, VersionRecord
from fitment.registry.report.catalogue_tables import ALIASES, CHANGES, VERSIONS
from fitment.registry.report.listing import listed

WHEN = datetime(2026, 1, 2, 3, 4, 5)


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")


def lines(text: str) -> list[list[str]]:
    return [line.split() for line in text.splitlines()[2:]]


def test_versions() -> None:
    """Results of both kinds are one count, and a deleted version says so."""
    shared = {"model": "m", "hash": None, "metadata": {"é": 1}, "created_at": WHEN, "id": 1}
    live = VersionRecord(
        tag="v1", linked=1200, declared=34, aliases=("a", "b"), snapshots=(SnapshotMade(5, WHEN, 2),),
        deleted_at=None, **shared,
    )  # fmt: skip
    gone = VersionRecord(
        tag="v0",
        linked=0,
        declared=0,
        aliases=(),
        snapshots=(),
        deleted_at=WHEN,
        **shared | {"metadata": None},
    )
    assert lines(listed([live, gone], "table", VERSIONS, VersionRecord)) == [
        ["v1", "–", '{"é":', "1}", "1,234", "a,", "b", "5", "2026-01-02", "03:04:05"],
        ["v0", "(deleted)", "–", "–", "0", "–", "–", "2026-01-02", "03:04:05"],
    ]


def test_aliases_and_changes() -> None:
    """Where an alias points, and from what to what something was changed."""
    assert lines(listed([Alias("m", "production", "v1", WHEN)], "table", ALIASES, Alias)) == [
        ["production", "v1", "2026-01-02", "03:04:05"]
    ]
    change = Change(3, WHEN, "a@b", "m", "alias production", "moved", "v1", "v2")
    assert lines(listed([change], "table", CHANGES, Change)) == [
        ["2026-01-02", "03:04:05", "a@b", "m", "alias", "production", "moved", "v1", "v2"]
    ]
