"""``fitment lineage families`` on a store."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fitment.harness.cli.main import main


@pytest.fixture
def families(analysed: str) -> list[str]:
    return ["lineage", "families", "--db-path", analysed]


def test_a_table(families: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """The largest first: five models from a, then x and y."""
    assert main(families) == 0
    printed = capsys.readouterr().out.splitlines()
    assert printed[2].split()[:3] == ["o/a", "5", "4"]
    assert printed[-1] == "2 families, together 7 of 7 models (edges: all)"


def test_of_one_model_along_some_edges(families: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Without the quantized model four are left of b's family; --least does not hide what is asked for."""
    words = [*families, "o/b", "--view", "finetune", "--least", "9", "--format", "json"]
    assert main(words) == 0
    (only,) = json.loads(capsys.readouterr().out)
    assert (only["root"], only["models"], only["depth"], only["finetune"]) == ("o/a", 4, 2, 1.0)


def test_over_time(families: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A table has the largest alone, a file all of them."""
    assert main([*families, "--over-time"]) == 0
    table = capsys.readouterr().out
    assert "o/a     2024-02  2       3" in table
    assert "o/x" not in table
    assert main([*families, "--over-time", "--format", "csv", "--output", str(tmp_path / "months.csv")]) == 0
    rows = (tmp_path / "months.csv").read_text(encoding="utf-8").splitlines()
    assert rows[-1] == "o/x,2024-03-01,2,2,0"


def test_mistakes(families: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A model that is not there, and a store without a lineage, are said in one line."""
    assert main([*families, "o/zz"]) == 2
    assert 'no model "o/zz" among the 7' in capsys.readouterr().err
    assert main(["lineage", "families", "--db-path", str(tmp_path / "none.duckdb")]) == 2
    assert "fitment lineage build FILE" in capsys.readouterr().err
