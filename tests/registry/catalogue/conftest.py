"""One store of two models a session, copied for each test that wants it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from fitment.registry.storage.store import Store

from tests.registry.catalogue import decisions


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a store ``x.duckdb`` with results of two models; not to be changed."""
    folder = tmp_path_factory.mktemp("models")
    decisions.fill(folder / "x.duckdb")
    return folder


@pytest.fixture
def store(models: Path, tmp_path: Path) -> Store:
    """A store of the test's own that doesn't wait."""
    shutil.copytree(models, tmp_path, dirs_exist_ok=True)
    return Store.open(tmp_path / "x.duckdb", wait_s=0)
