"""``fitment lineage depth`` on a store."""

from __future__ import annotations

from pathlib import Path

import pytest
from fitment.harness.cli.main import main


def test_a_model_and_a_file(followed: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """bob/mix is one step from eve/other and two from the other root; a cycle names its members."""
    (tmp_path / "ids").write_text("bob/mix\nloop/x\n")
    assert main(["lineage", "depth", "--models", str(tmp_path / "ids"), "--db-path", followed]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split() for line in lines[2:]] == [
        ["bob/mix", "2", "1", "–"],
        ["loop/x", "0", "0", "loop/y"],
    ]
    asked = ["lineage", "depth", "bob/mix", "--view", "merge", "--format", "csv", "--db-path", followed]
    assert main(asked) == 0
    assert capsys.readouterr().out == "model,depth,generation,cycle\r\nbob/mix,1,1,\r\n"
