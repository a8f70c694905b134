from __future__ import annotations

import json
from pathlib import Path

import pytest
from fitment.harness.cli.main import main


@pytest.mark.usefixtures("filled")
def test_the_catalogue_beside_the_results(capsys: pytest.CaptureFixture[str]) -> None:
    """All devices, and which hardware of the store is none of them."""
    assert main(["hardware"]) == 0
    out = capsys.readouterr().out
    assert "H100 SXM" in out
    assert out.endswith("results of what is not in it: Own CPU, 4 cores\n")


def test_without_a_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It needs none, makes none, and refuses one that was named and is not there."""
    monkeypatch.setenv("FITMENT_DB", str(tmp_path / "fitment.duckdb"))
    assert main(["hardware", "h200 sxm", "--format", "json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["name"], found["tdp_w"], found["results"]) == ("H200 SXM", 700.0, "")
    assert main(["hardware", "--db-path", str(tmp_path / "no.duckdb")]) == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["A100", "rtx4091", "a\x1b[31m", ""])
def test_a_name_that_is_none(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """One line with what it could be, exit code 2."""
    assert main(["hardware", name]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert "\x1b" not in err
