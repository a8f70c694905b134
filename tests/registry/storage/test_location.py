from __future__ import annotations

import os
from pathlib import Path

import pytest
from fitment.registry.errors import DatabasePathError
from fitment.registry.storage.location import checked, default_path


def test_the_environment_names_the_store(monkeypatch: pytest.MonkeyPatch) -> None:
    """$FITMENT_DB before the older name, and a file here where neither is set."""
    for name in ("FITMENT_DB", "BENCHMARK_DB_PATH"):
        monkeypatch.delenv(name, raising=False)
    assert default_path() == Path("fitment.duckdb")
    monkeypatch.setenv("BENCHMARK_DB_PATH", "old.duckdb")
    assert default_path() == Path("old.duckdb")
    monkeypatch.setenv("FITMENT_DB", "new.duckdb")
    assert default_path() == Path("new.duckdb")


def test_paths_that_can_be_a_stores(tmp_path: Path) -> None:
    """A file that is not there yet, and a link to it, which is resolved."""
    link = tmp_path / "link.duckdb"
    link.symlink_to(tmp_path / "there.duckdb")
    assert checked(link) == checked(tmp_path / "there.duckdb") == tmp_path.resolve() / "there.duckdb"


def test_paths_that_can_not(tmp_path: Path) -> None:
    """A folder, a pipe, a journal, a path that no file can have."""
    os.mkfifo(tmp_path / "pipe")
    for path, why in (
        (tmp_path, "is a directory"),
        (tmp_path / "pipe", "is not a regular file"),
        (tmp_path / "x.journal", "folder beside a database"),
        (Path("a\0b"), "can't be a database's path"),
        (Path("\udc80"), "can't be a database's path"),
        (Path("n" * 5000), "can't be a database's path"),
    ):
        with pytest.raises(DatabasePathError, match=why):
            checked(path)
