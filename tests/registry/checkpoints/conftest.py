"""Stores and a model folder for the tests of checkpoints."""

from __future__ import annotations

from pathlib import Path

import pytest
from fitment.registry.storage.store import Store

from tests.registry.checkpoints.models import write_model
from tests.registry.empty_stores import empty_store


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """An empty store of the test's own."""
    monkeypatch.delenv("FITMENT_CHECKPOINTS", raising=False)
    return empty_store(tmp_path / "x.duckdb")


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A folder of a model of the test's own."""
    return write_model(tmp_path / "model")
