"""``fitment lineage drift`` on a store."""

from __future__ import annotations

import json

import pytest
from fitment.harness.cli.main import main


def test_of_licences(analysed: str, capsys: pytest.CaptureFixture[str]) -> None:
    """mit goes to apache twice and to gpl once, gpl to apache where it is dropped."""
    words = ["lineage", "drift", "licence", "--db-path", analysed]
    assert main(words) == 0
    printed = capsys.readouterr().out.splitlines()
    assert printed[2].split() == ["mit", "apache-2.0", "2", "0", "2"]
    assert printed[-2:] == [
        "3 arcs between the 3 licences that most models say",
        "4 mutations along 3 edges (edges: finetune)",
    ]
    assert main([*words, "--view", "all", "--top", "2", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["values"] == ["apache-2.0", "mit"]
    assert main([*words, "--limit", "1", "--format", "csv"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2
    assert main([*words, "--top", "201"]) == 2
    assert "from 1 to 200 values can be compared" in capsys.readouterr().err


def test_of_cards(analysed: str, capsys: pytest.CaptureFixture[str]) -> None:
    """``drift card`` asks what ``cards`` does, and is told that this file has none."""
    words = ["--db-path", analysed]
    said = []
    for verb in (["drift", "card"], ["cards"]):
        assert main(["lineage", *verb, *words]) == 2
        said.append(capsys.readouterr().err)
    assert said[0] == said[1]
    assert "card" in said[0]
