"""The database opened for writing."""

from __future__ import annotations

from pathlib import Path

import pytest
from fitment.registry.storage import database, journal, projection

from tests.registry.storage import examples


def opened(path: Path) -> list[str]:
    """What opening it had to say."""
    notices: list[str] = []
    projection.opened(path, 0, notices).close()
    return notices


def test_opening_applies_what_came_since(path: Path) -> None:
    """Events that were journalled meanwhile are in the database."""
    journal.append(journal.folder_of(path), "nonsense", {})
    assert opened(path) == []
    assert len(examples.tables(path)["events"]) == 10


def test_a_missing_database_is_rebuilt_and_said_so(path: Path) -> None:
    """Its user learns that it had been lost."""
    before = examples.tables(path)
    path.unlink()
    assert "was missing and was rebuilt from 9 events" in opened(path)[0]
    assert examples.differing(before, examples.tables(path)) == []


def test_a_damaged_database_is_put_aside_and_rebuilt(path: Path) -> None:
    """The damaged bytes are kept under another name."""
    before = examples.tables(path)
    path.write_bytes(b"damaged")
    assert "put aside as" in opened(path)[0]
    assert [file.read_bytes() for file in path.parent.glob("*.corrupt-*")] == [b"damaged"]
    assert examples.differing(before, examples.tables(path)) == []


def test_a_database_of_an_older_schema_is_made_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new schema needs no migration: the events are replayed into it."""
    monkeypatch.setattr(database, "SCHEMA_VERSION", database.SCHEMA_VERSION + 1)
    opened(path)
    with database.connect(path, read_only=True) as con:
        assert database.identify(con, path).schema_version == database.SCHEMA_VERSION
    assert len(examples.results(path)) == 16
