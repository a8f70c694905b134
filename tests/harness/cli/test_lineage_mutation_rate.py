"""``fitment lineage mutation-rate`` on a store."""

from __future__ import annotations

import json

import pytest
from fitment.harness.cli.main import main


def test_of_licences(analysed: str, capsys: pytest.CaptureFixture[str]) -> None:
    """mit to apache 1, to apache and gpl 1, apache and gpl to apache 1/2: 5/6; x says nothing."""
    words = ["--db-path", analysed]
    assert main(["lineage", "mutation-rate", "license", *words]) == 0
    assert capsys.readouterr().out.splitlines()[:3] == [
        "mutation rate of licences: 0.8333",
        "3 edges of 1 family (edges: finetune), of which 3 (100.0%) changed something",
        "left out: 1 edge with an end that says nothing, 0 from a model to itself",
    ]
    assert main(["lineage", "mutation-rate", "tasks", "--format", "json", *words]) == 0
    assert json.loads(capsys.readouterr().out)["rate"] is None
    assert main(["lineage", "mutation-rate", "size", *words]) == 2
    assert 'unknown trait "size"' in capsys.readouterr().err
