"""``fitment lineage stats`` on a store."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fitment.harness.cli.main import main


def test_numbers_as_lines_and_json(analysed: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The same numbers in either form."""
    assert main(["lineage", "stats", "--db-path", analysed]) == 0
    assert f"{'':11}7  models" in capsys.readouterr().out.splitlines()
    assert main(["lineage", "stats", "--db-path", analysed, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["models"], found["edges"], found["largest"]) == (7, 5, ["o/a", 5])


def test_no_lineage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line that says what to run."""
    assert main(["lineage", "stats", "--db-path", str(tmp_path / "x.duckdb")]) == 2
    assert "run `fitment lineage build FILE`" in capsys.readouterr().err
