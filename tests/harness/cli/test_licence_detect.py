from __future__ import annotations

import json
from pathlib import Path

import pytest
from fitment.harness.cli.main import main

TEXTS = Path(__file__).parents[2] / "registry" / "licences" / "data" / "texts"


def test_a_folder_is_told_with_its_evidence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The licence first, then what it was read from, what to look at, what was not read, the disclaimer."""
    changed = (TEXTS / "MIT.txt").read_text(encoding="utf-8") + "\nNot for \x1b[31mcommercial use.\n"
    (tmp_path / "LICENSE").write_text(changed, encoding="utf-8")
    (tmp_path / "README.md").write_text("---\nlicense: mit\n---\n", encoding="utf-8")
    (tmp_path / "COPYING").write_bytes(b"\0")
    assert main(["licence", "detect", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[:2] == ["mit (both agree)", "a verdict on it is conditional at best"]
    assert "LICENSE: MIT with changes" in out
    assert "COPYING: " in out
    assert "\x1b" not in out
    assert out.splitlines()[-1] == "An engineering reading of clauses, not legal advice."
    assert main(["licence", "detect", str(tmp_path), "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["licence"], told["standing"], told["at_best"]) == ("mit", "both agree", "conditional")


def test_a_path_that_is_not_there_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    """With the way out."""
    assert main(["licence", "detect", "/nowhere"]) == 2
    assert capsys.readouterr().err == (
        "fitment: /nowhere doesn't exist; name a licence file, a source file or a folder\n"
    )
