"""``fitment lineage reuse`` on a store."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fitment.harness.cli.main import main

from tests.harness.cli.analysed_lineage import built


def test_downloads_that_are_all_alike(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They order nothing: a dash and null; resamples and seed are whole numbers."""
    words = ["lineage", "reuse", "--db-path", built(tmp_path), "--resamples", "3", "--seed", "7"]
    capsys.readouterr()
    assert main(words) == 0
    printed = capsys.readouterr().out
    assert "7 models, 3 of them with a child" in printed
    assert "3 resamples" in printed
    assert main([*words, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["seed"], found["correlations"][0]["value"]) == (7, None)
    for wrong in (("--seed", "-1"), ("--resamples", "0")):
        with pytest.raises(SystemExit) as ended:
            main([*words, *wrong])
        assert ended.value.code == 2
