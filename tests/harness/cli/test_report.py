from __future__ import annotations

from pathlib import Path

import pytest
from fitment.harness.cli.main import main


@pytest.mark.usefixtures("filled")
def test_the_matrix_shows_what_each_pair_reached(capsys: pytest.CaptureFixture[str]) -> None:
    """Hardware, model, best throughput and its configuration."""
    assert main(["report"]) == 0
    out = capsys.readouterr().out
    for part in ("Own CPU, 4 cores", "tiny", "800", "batch 32", "fp32 eager"):
        assert part in out


@pytest.mark.usefixtures("filled")
def test_a_pattern_chooses_rows(capsys: pytest.CaptureFixture[str]) -> None:
    """A pattern that fits nothing is said, with exit code 2."""
    assert main(["report", "ti*"]) == 0
    assert main(["report", "zz*"]) == 2
    assert 'no stored model is like "zz*"' in capsys.readouterr().err


def test_nothing_stored_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a store there is no empty matrix but a way out."""
    assert main(["report", "--db-path", str(tmp_path / "no.duckdb")]) == 2
    assert "fitment sweep" in capsys.readouterr().err


@pytest.mark.usefixtures("filled")
def test_latencies_of_a_model_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """--latency shows the percentiles of one model, whichever side of it the model stands."""
    assert main(["report", "tiny", "--latency"]) == 0
    out = capsys.readouterr().out
    for part in ("tiny · forward · 8", "Own CPU, 4 cores", "p95", "p99", "5.00 ms", "40.0 ms"):
        assert part in out
    assert main(["report", "--latency", "tiny"]) == 0
    assert capsys.readouterr().out == out


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("arguments", [["--latency"], ["--latency", "--all", "tiny"]])
def test_latencies_are_of_one_model(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Without a model, or of all, it is the user's mistake."""
    assert main(["report", *arguments]) == 2
    assert "fitment report MODEL --latency" in capsys.readouterr().err
