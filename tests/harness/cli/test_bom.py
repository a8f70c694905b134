from __future__ import annotations

import json
from pathlib import Path

import pytest
from fitment.harness.cli.main import main
from fitment.registry.catalogue.model_record import ModelRecord
from fitment.registry.catalogue.record_models import record_models
from fitment.registry.storage.store import Store


@pytest.fixture
def models(filled: Path) -> Path:
    """A store with results of "tiny", and its record."""
    record_models(Store.open(filled), [ModelRecord(model_id="org/tiny", measured_as=("tiny",))], "test")
    return filled


def test_a_model(models: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The document of a model goes to standard output, its time can be set."""
    assert main(["bom", "org/tiny", "--format", "cyclonedx", "--timestamp", "2026-01-31"]) == 0
    read = json.loads(capsys.readouterr().out)
    assert read["metadata"]["timestamp"] == "2026-01-31T00:00:00Z"
    assert read["metadata"]["component"]["modelCard"]["quantitativeAnalysis"]["performanceMetrics"]


def test_a_repository_to_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder is a repository, also where no store is; the file is not written over unasked."""
    monkeypatch.setenv("FITMENT_DB", str(tmp_path / "none.duckdb"))
    root, target = tmp_path / "app", tmp_path / "bom.json"
    root.mkdir()
    (root / "a.py").write_text("from transformers import AutoModel\nAutoModel.from_pretrained('a/b')\n")
    words = ["bom", str(root), "--output", str(target)]
    assert main(words) == 0
    assert [each["name"] for each in json.loads(target.read_text())["components"]] == ["b"]
    assert main(words) == 2
    assert "exists" in capsys.readouterr().err
    assert not (tmp_path / "none.duckdb").exists()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["org/tini"], "did you mean org/tiny?"),
        (["nul\0"], "no record of nul\\x00"),
        ([".", "--version", "1"], "--version and --card are of a model"),
        (["org/tiny", "--outbound", "MIT"], "--outbound is of a repository"),
        (["org/tiny", "--card", "missing.md"], "missing.md"),
        ([".", "--db-path", "missing.duckdb"], "missing.duckdb"),
    ],
)
def test_a_mistake_is_one_line(
    words: list[str], expected: str, models: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Near names, options that are of a model, a missing card or store: named, with exit code 2."""
    assert main(["bom", *words]) == 2
    err = capsys.readouterr().err
    assert expected in err
    assert err.count("\n") == 1


def test_a_time_that_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    """What is no time is said so."""
    with pytest.raises(SystemExit) as end:
        main(["bom", "x", "--timestamp", "soon"])
    assert end.value.code == 2
    assert "a time such as 2026-01-31 is needed" in capsys.readouterr().err
