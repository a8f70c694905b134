"""``fitment export``."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from fitment.harness.cli.main import main

pytestmark = pytest.mark.usefixtures("filled")


def test_csv_on_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    """Without a file results come as CSV."""
    assert main(["export"]) == 0
    rows = list(csv.DictReader(io.StringIO(capfd.readouterr().out)))
    assert [(row["result_id"], row["model"]) for row in rows] == [(str(i), "tiny") for i in range(1, 5)]


def test_the_ending_says_the_format(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Each ending is written in its format, and what was written is told."""
    for ending in ("csv", "json", "parquet", "md", "html"):
        file = tmp_path / f"out.{ending}"
        assert main(["export", "estimates", "--model", "tiny", "--output", str(file)]) == 0
        assert capfd.readouterr() == ("", f"4 estimates in {file}\n")
    assert len(json.loads((tmp_path / "out.json").read_text())) == 4
    assert pq.read_table(tmp_path / "out.parquet").num_rows == 4
    assert (tmp_path / "out.html").read_text().startswith("<!doctype html>")
    assert (tmp_path / "out.md").read_text().startswith("# 4 estimates")
    assert not list(tmp_path.glob(".out*"))


def test_stored_scores_that_are_behind_say_so(capfd: pytest.CaptureFixture[str]) -> None:
    """Scores are what calculate-scores stored; before it there are none."""
    assert main(["export", "scores"]) == 2
    assert "`fitment calculate-scores` makes them" in capfd.readouterr().err
    assert main(["calculate-scores"]) == 0
    assert main(["retract", "1", "--reason", "wrong clock"]) == 0
    capfd.readouterr()
    assert main(["export", "scores", "--format", "json"]) == 0
    out, err = capfd.readouterr()
    assert json.loads(out)[0]["env_id"]
    assert "don't know the newest 1 event(s)" in err


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--format", "parquet"], "parquet is no text for a terminal"),
        (["--output", "x.xlsx"], "which format? End its name with one of .csv"),
        (["--output", ".", "--format", "csv"], "is a directory"),
        (["--output", "no/x.csv"], "No such file or directory"),
        (["--model", "tinny"], "did you mean tiny?"),
        (["--hardware", "Own CPU"], "did you mean Own CPU, 4 cores?"),
    ],
)
def test_mistakes_are_one_line(
    words: list[str],
    expected: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """What can't be written or is not stored is named, and no file is left."""
    monkeypatch.chdir(tmp_path)
    before = set(tmp_path.rglob("*"))
    assert main(["export", *words]) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert expected in err
    assert err.count("\n") == 1
    assert {file for file in tmp_path.rglob("*") if ".journal" not in str(file)} <= before


def test_an_existing_file_is_kept_unless_said(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """--overwrite replaces it whole; a failure leaves the old one."""
    file = tmp_path / "mine.csv"
    file.write_text("mine")
    assert main(["export", "--output", str(file)]) == 2
    assert "exists" in capfd.readouterr().err
    assert main(["export", "--output", str(file), "--overwrite", "--model", "none*"]) == 2
    assert file.read_text() == "mine"
    assert main(["export", "--output", str(file), "--overwrite"]) == 0
    assert file.read_text().startswith("result_id,model")
