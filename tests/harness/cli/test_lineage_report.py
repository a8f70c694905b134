"""``fitment lineage report`` on a store."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fitment.harness.cli.main import main

from tests.harness.cli.analysed_lineage import built


def test_each_form(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A page by its ending, Markdown and JSON by name, a table on a terminal."""
    words = ["lineage", "report", "--db-path", built(tmp_path)]
    capsys.readouterr()
    page = tmp_path / "page.html"
    assert [main([*words, "--output", str(page)]), main([*words, "--output", str(page)])] == [0, 2]
    assert page.read_text(encoding="utf-8").count("<svg") == 13
    capsys.readouterr()
    assert main([*words, "--format", "markdown"]) == 0
    assert "## Where traits drift" in capsys.readouterr().out
    assert main([*words, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["families"]["matching"] == 2
    assert main(words) == 0
    assert "7 models and 5 edges from parent to child" in capsys.readouterr().out
