"""``fitment lineage build`` on a store."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from fitment.harness.cli.main import main

from tests.registry.lineage.files import write_csv


def test_counts_and_the_same_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every count is printed; the same content again says so and changes nothing."""
    path = str(tmp_path / "x.duckdb")
    words = ["lineage", "build", str(write_csv(tmp_path / "m.csv")), "--db-path", path]
    assert main(words) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0].startswith("m.csv, read ")
    for line in (
        "3  rows",
        "3  models",
        "3  edges",
        "1  parents skipped that no row has, once for each model that names them",
    ):
        assert f"{'':11}{line}" in out
    assert main([*words, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["by_label"]["finetune"] == 1
    assert main(words) == 0
    assert capsys.readouterr().out.startswith("m.csv: as before, nothing was changed\n")


def test_a_file_that_is_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line, exit code 2, and no store is made of it."""
    (tmp_path / "m.csv").write_text("name,parent_model\n")
    assert main(["lineage", "build", str(tmp_path / "m.csv"), "--db-path", str(tmp_path / "x.duckdb")]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.endswith("m.csv: the column model_id is missing; that is what a model is known by")
    assert not (tmp_path / "x.duckdb").exists()


def test_doctor_heals_its_arrays(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And says so."""
    path = str(tmp_path / "x.duckdb")
    assert main(["lineage", "build", str(write_csv(tmp_path / "m.csv")), "--db-path", path]) == 0
    shutil.rmtree(tmp_path / "x.lineage")
    capsys.readouterr()
    assert main(["doctor", "--db-path", path]) == 0
    assert capsys.readouterr().out.endswith("arrays were missing or damaged\nhealthy\n")
