"""``fitment lineage roots`` on a store."""

from __future__ import annotations

import csv
import json

import pytest
from fitment.harness.cli.main import main


def test_of_a_model(followed: str, capsys: pytest.CaptureFixture[str]) -> None:
    """All roots above it, and the canonical one: as old as the other, and more downloaded."""
    assert main(["lineage", "roots", "bob/mix", "--db-path", followed]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "bob/mix: 2 roots; canonical root google/gemma-2b"
    assert [line.split()[0] for line in lines[4:]] == ["eve/other", "google/gemma-2b"]
    asked = ["lineage", "roots", "bob/mix", "--view", "merge", "--format", "csv", "--db-path", followed]
    assert main(asked) == 0
    rows = list(csv.DictReader(capsys.readouterr().out.splitlines()))
    assert [row["model"] for row in rows] == ["ada/chat", "eve/other"]
    assert {row["root"] for row in rows} == {"eve/other"}  # the older one


def test_of_all_models(followed: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Those of most descendants first; a graph of all of them is refused in one line."""
    assert main(["lineage", "roots", "--format", "json", "--db-path", followed]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(row["model"], row["descendants"]) for row in told["answers"]] == [
        ("google/gemma-2b", 4), ("loop/x", 2), ("loop/y", 2), ("eve/other", 1)
    ]  # fmt: skip
    assert main(["lineage", "roots", "--limit", "1", "--db-path", followed]) == 0
    assert "3 more" in capsys.readouterr().out
    assert main(["lineage", "roots", "--format", "dot", "--db-path", followed]) == 2
    assert "name it, or take json or csv" in capsys.readouterr().err
