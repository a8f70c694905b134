from __future__ import annotations

import csv
import io

import pytest
from fitment.harness.cli.main import main

from tests.harness.cli.catalogues import seeded


@pytest.fixture(autouse=True)
def store(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    seeded(tmp_path_factory, monkeypatch)


def test_models_stand_side_by_side(capsys: pytest.CaptureFixture[str]) -> None:
    """What differs comes first, what is the same after it."""
    assert main(["model", "compare", "llama-2-7b@1.0", "mistral-7b"]) == 0
    out = capsys.readouterr().out
    lines = [" ".join(line.split()) for line in out.splitlines()]
    at = {line.split()[0]: number for number, line in enumerate(lines) if line}
    assert "licence llama2 Apache-2.0" in lines
    assert "commercial use conditional allowed" in lines
    assert at["licence"] < at["architecture"]


def test_csv_has_a_line_each(capsys: pytest.CaptureFixture[str]) -> None:
    """With every field."""
    main(["model", "compare", "llama-2-7b", "mistral-7b", "falcon-7b", "--format", "csv"])
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["organisation"] for row in rows] == ["Meta", "Mistral AI", "TII"]


def test_one_model_is_not_enough(capsys: pytest.CaptureFixture[str]) -> None:
    """With exit code 2."""
    assert main(["model", "compare", "llama-2-7b"]) == 2
    assert "two to 8 models can be compared, not 1" in capsys.readouterr().err
