"""Whether a database and a journal belong together."""

from __future__ import annotations

from pathlib import Path

import pytest
from fitment.registry.errors import ForeignFileError, StoreBusyError, StoreDamagedError
from fitment.registry.storage import database, identity, journal

from tests.registry.storage import examples


def test_our_database_is_known_by_its_meta_row(path: Path) -> None:
    """The probe gives what the database says of itself."""
    found = identity.probe(path, 0)
    assert isinstance(found, database.Meta)
    assert found.store_id == identity.store_id(journal.folder_of(path))
    assert found.applied.seq == 9


def test_what_is_not_there_or_not_readable_has_its_own_word(path: Path) -> None:
    """Missing and damaged are states, not errors: both can be made again."""
    assert identity.probe(path.with_name("y.duckdb"), 0) == "missing"
    path.write_bytes(b"x" * 5000)
    assert identity.probe(path, 0) == "damaged"


def test_a_held_database_is_ours_where_the_journal_says_so(path: Path) -> None:
    """With a journal beside it a held database is no obstacle; without one nobody knows whose it is."""
    with database.connect(path, read_only=False):
        assert identity.probe(path, 0) == "held"
        examples.log(path).unlink()
        with pytest.raises(StoreBusyError):
            identity.probe(path, 0)


def test_a_database_of_another_store_is_foreign(path: Path) -> None:
    """The ids of the database and of the journal beside it must be one."""
    other = examples.fill(path.with_name("other.duckdb")).path
    other.replace(path)
    with pytest.raises(ForeignFileError, match="different stores"):
        identity.probe(path, 0)


def test_a_journal_that_lost_events_is_damaged(path: Path) -> None:
    """A journal shorter than what the database applied would give out the same numbers twice."""
    lines = examples.log(path).read_bytes().splitlines(keepends=True)
    examples.log(path).write_bytes(b"".join(lines[:-1]))
    with pytest.raises(StoreDamagedError, match="fitment doctor"):
        identity.probe(path, 0)
