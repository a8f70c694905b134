from __future__ import annotations

import json
from pathlib import Path

import pytest
from fitment.harness.cli.main import main

CASES = Path(__file__).parents[2] / "registry" / "licences" / "data" / "licence_cases.csv"


def test_the_confusion_matrix(capsys: pytest.CaptureFixture[str]) -> None:
    """Four rows with their recall, and how many answers were unsafe."""
    assert main(["licence", "evaluate", str(CASES)]) == 0
    out = capsys.readouterr().out
    assert "64 of 64 right; incompatible or unknown answered compatible: 0\n" in out
    assert main(["licence", "evaluate", str(CASES), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["confusion"]["incompatible"]["incompatible"] == 29
    assert (found["recall"]["unknown"], found["unsafe"], found["misses"]) == (1.0, 0, [])


def test_a_miss_is_shown_with_its_reasons(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The code is 0 all the same."""
    path = tmp_path / "cases.csv"
    path.write_text("licence_a,licence_b,relation,expected\n-,mit,serve_api,incompatible\n", encoding="utf-8")
    assert main(["licence", "evaluate", str(path)]) == 0
    out = capsys.readouterr().out
    assert (
        "line 2: serve_api of mit into -: expected incompatible, answered compatible\n  compatible: " in out
    )


def test_a_file_without_cases(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line, exit code 2."""
    assert main(["licence", "evaluate", str(tmp_path / "no.csv")]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_the_matrix_of_the_documents(capsys: pytest.CaptureFixture[str]) -> None:
    """What docs/licences.md shows is what the command prints."""
    text = (CASES.parents[4] / "docs" / "licences.md").read_text(encoding="utf-8")
    shown = text.split("licence_cases.csv\n", 1)[1].split("```", 1)[0]
    assert main(["licence", "evaluate", str(CASES)]) == 0
    assert capsys.readouterr().out.startswith(shown)
