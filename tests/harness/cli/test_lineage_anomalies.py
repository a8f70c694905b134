"""``fitment lineage anomalies`` on a store."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fitment.harness.cli.main import main

from tests.registry.lineage.analyses.test_anomalies import ROWS


def test_all_kinds_or_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As a table, with lines and reasons of rows in quarantine; as JSON and CSV with every field."""
    path = str(tmp_path / "x.duckdb")
    (tmp_path / "m.csv").write_text(ROWS)
    assert main(["lineage", "build", str(tmp_path / "m.csv"), "--db-path", path]) == 0
    assert "3    quarantined: rows that could not be taken" in capsys.readouterr().out
    words = ["lineage", "anomalies", "--db-path", path]
    assert main(words) == 0
    out = capsys.readouterr().out
    assert "its likes: '-1' is no whole number" in out
    assert "self-loop" in out
    assert main([*words, "--kind", "skipped", "--limit", "1", "--format", "json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["model"], row["number"], row["detail"]) == ("gone", 2, "named by d")
    assert main([*words, "--kind", "quarantined", "--format", "csv"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 4
