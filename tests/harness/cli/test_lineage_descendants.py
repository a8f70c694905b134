"""``fitment lineage descendants`` on a store."""

from __future__ import annotations

import pytest
from fitment.harness.cli.main import main


def test_a_cycle_leads_back(followed: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Then the model is its own descendant; there is one line for each, also of a limited answer."""
    assert main(["lineage", "descendants", "loop/x", "--limit", "2", "--db-path", followed]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "loop/x: 3 descendants"
    assert [line.split()[:2] for line in lines[4:6]] == [["loop/y", "1"], ["loop/x", "2"]]
    assert lines[-1] == "1 more: --limit N shows more, --format csv all"


def test_none(followed: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Is an answer."""
    assert main(["lineage", "descendants", "bob/mix", "--view", "any-finetune", "--db-path", followed]) == 0
    assert capsys.readouterr().out == "bob/mix: no descendants along any-finetune edges\n"
