"""``fitment lineage top`` on a store."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fitment.harness.cli.main import main

from tests.harness.cli.analysed_lineage import built


def test_values_parents_and_models(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each in its order; a view goes with parents alone, and what there is no top of is refused."""
    top = ["lineage", "top", "--db-path", built(tmp_path)]
    capsys.readouterr()
    assert main([*top, "licences", "--limit", "1"]) == 0
    assert capsys.readouterr().out.splitlines()[2].split() == ["apache-2.0", "4", "57.1%", "66.7%"]
    assert main([*top, "parents", "--view", "finetune", "--format", "csv"]) == 0
    assert capsys.readouterr().out.splitlines()[1] == "o/a,2,0.5,3"
    assert main([*top, "models", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["models"][0]["model"] == "o/a"
    assert main([*top, "tasks"]) == 0
    assert capsys.readouterr().out == "0 tasks; 0 of 7 models say one\n"
    assert main([*top, "licences", "--view", "finetune"]) == 2
    assert "leave it out" in capsys.readouterr().err
    with pytest.raises(SystemExit) as ended:
        main([*top, "colours"])
    assert ended.value.code == 2
    assert "'colours'" in capsys.readouterr().err
