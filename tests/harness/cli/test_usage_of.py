from __future__ import annotations

from pathlib import Path

import pytest
from fitment.harness.cli.main import main
from fitment.registry.storage.store import Store
from fitment.registry.usage.found import Use
from fitment.registry.usage.kept import record_uses

from tests.registry.empty_stores import empty_store


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """With one use of one model."""
    made = empty_store(tmp_path / "s.duckdb")
    monkeypatch.setenv("FITMENT_DB", str(made.path))
    record_uses(made, "shop", [Use("shop", "a.py", 3, "LLM", "acme/one", 0.9)])
    return made


@pytest.mark.usefixtures("store")
def test_who_uses_a_model_is_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    """Repository, place, call, and how sure."""
    assert main(["usage", "of", "acme/one"]) == 0
    out = capsys.readouterr().out
    assert [word in out for word in ("shop", "a.py:3", "LLM", "0.90", "scan")] == [True] * 5


@pytest.mark.usefixtures("store")
def test_nobody_is_an_answer(capsys: pytest.CaptureFixture[str]) -> None:
    """With how to look for some; as CSV it is a header alone."""
    assert main(["usage", "of", "acme/two"]) == 0
    assert "fitment usage scan REPO --keep" in capsys.readouterr().out
    assert main(["usage", "of", "acme/two", "--format", "csv"]) == 0
    assert capsys.readouterr().out.count("\n") == 1
