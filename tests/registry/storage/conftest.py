"""One filled store a session, copied for each test that wants it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.registry.storage import examples


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a filled store ``x.duckdb``; not to be changed."""
    folder = tmp_path_factory.mktemp("store")
    examples.fill(folder / "x.duckdb")
    return folder


@pytest.fixture
def path(template: Path, tmp_path: Path) -> Path:
    """The database of a filled store of the test's own."""
    shutil.copytree(template, tmp_path, dirs_exist_ok=True)
    return tmp_path / "x.duckdb"
