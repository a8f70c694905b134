"""A store that holds the seed file's five models."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from fitment.configs import path as config
from fitment.harness.cli.main import main

SEED = config("models/seed_models.json")


def seeded(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of the test's own with them, as $FITMENT_DB; imported once a session, by the command."""
    made = tmp_path_factory.getbasetemp() / "seeded"
    if not (made / "x.duckdb").exists():
        made.mkdir(exist_ok=True)
        assert main(["model", "import", str(SEED), "--db-path", str(made / "x.duckdb")]) == 0
    own = tmp_path_factory.mktemp("own")
    shutil.copytree(made, own, dirs_exist_ok=True)
    monkeypatch.setenv("FITMENT_DB", str(own / "x.duckdb"))
    return own / "x.duckdb"
