from __future__ import annotations

import shutil
from pathlib import Path

from fitment.registry.lineage.kept.newest import newest_build, newest_in_journal
from fitment.registry.lineage.kept.opened import open_lineage
from fitment.registry.storage import journal
from fitment.registry.storage.store import Store

from tests.harness.cli.followed_lineage import MODELS, built


def test_journal_and_database_say_the_same(tmp_path: Path) -> None:
    """Of the build that is the newest; without a journal the database is asked."""
    path = built(tmp_path)
    folder = journal.folder_of(path)
    with Store.open(path).reading() as con:
        newest = newest_build(con)
    assert newest is not None
    assert newest == newest_in_journal(folder)
    assert (newest.file, newest.models, newest.rejected) == ("models.csv", len(MODELS), 0)
    shutil.rmtree(folder)
    assert len(open_lineage(path)) == len(MODELS)


def test_a_journal_without_a_lineage(tmp_path: Path) -> None:
    """Whatever else it holds."""
    journal.append(tmp_path, "store", {"store_id": "a"})
    assert newest_in_journal(tmp_path) is None
