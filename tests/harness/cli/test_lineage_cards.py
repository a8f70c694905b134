"""``fitment lineage cards`` on a store, and on one whose file had no cards."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fitment.harness.cli.main import main

from tests.harness.cli.analysed_lineage import built


def test_cards_of_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of the optional columns: 100 to 50 characters, and the child's was written by a program."""
    (tmp_path / "models.csv").write_text(
        "model_id,finetune_parent,card_characters,card_generated\no/a,[],100,0\no/b,['o/a'],50,1\n",
        encoding="utf-8",
    )
    database = str(tmp_path / "cards.duckdb")
    assert main(["lineage", "build", str(tmp_path / "models.csv"), "--db-path", database]) == 0
    capsys.readouterr()
    words = ["lineage", "cards", "--db-path", database]
    assert main(words) == 0
    assert "ratio of means 0.500" in capsys.readouterr().out
    assert main([*words, "--view", "merge", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["compared"] == 0


def test_without_cards(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line names the columns that say it."""
    words = ["lineage", "cards", "--db-path", built(tmp_path)]
    capsys.readouterr()
    assert main(words) == 2
    assert "card_characters and card_generated" in capsys.readouterr().err
