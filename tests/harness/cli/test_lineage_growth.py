"""``fitment lineage growth`` on a store."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fitment.harness.cli.main import main

from tests.harness.cli.analysed_lineage import built


def test_by_month(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Seven models in five months; a file is written once; without a lineage it says how to build one."""
    words = ["lineage", "growth", "--db-path", built(tmp_path)]
    capsys.readouterr()
    assert main(words) == 0
    printed = capsys.readouterr().out.splitlines()
    assert printed[3].split()[:5] == ["2024-02", "2", "3", "2", "2"]
    assert printed[-1].startswith("7 models with a date, 0 without; 5 edges")
    assert main([*words, "--view", "quantized", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["months"][-1]["quantized_total"] == 1
    out = [*words, "--format", "csv", "--output", str(tmp_path / "months.csv")]
    assert [main(out), main(out), main([*out, "--overwrite"])] == [0, 2, 0]
    assert (tmp_path / "months.csv").read_text(encoding="utf-8").count("\n") == 6
    assert main(["lineage", "growth", "--db-path", str(tmp_path / "none.duckdb")]) == 2
    assert "fitment lineage build" in capsys.readouterr().err
