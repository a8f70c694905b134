from __future__ import annotations

import json
from pathlib import Path

import pytest
from fitment.harness.cli.main import main

from tests.harness.cli.recorded import five_recorded


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(five_recorded(tmp_path_factory.mktemp("recorded")))


def test_table_of_the_five(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Totals, spreads and verdicts on a terminal; the last line says what verdicts are."""
    assert main(["analytics", "--db-path", database]) == 0
    printed = capsys.readouterr().out
    for line in (
        "5 models in 5 versions, of 4 organisations",
        "llama2           3  ██",
        "humaneval   1  0.299       –",
    ):
        assert line in printed
    assert printed.rstrip().endswith("not legal advice.")


def test_filters_and_json(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A filter leaves its models in every part."""
    assert main(["analytics", "--db-path", database, "--task", "Chat", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["totals"]["models"] == 2
    assert found["selection"]["task"] == "Chat"


def test_html_file(database: str, tmp_path: Path) -> None:
    """By its ending; a second one only with --overwrite."""
    words = ["analytics", "--db-path", database, "--output", str(tmp_path / "a.html")]
    assert [main(words), main(words), main([*words, "--overwrite"])] == [0, 2, 0]
    assert "<svg" in (tmp_path / "a.html").read_text(encoding="utf-8")


def test_nothing_left(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    """One line with the mistake."""
    assert main(["analytics", "--db-path", database, "--licence", "nobody's"]) == 2
    assert "none of the 5 recorded models has licence nobody's" in capsys.readouterr().err
