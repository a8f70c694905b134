from __future__ import annotations

import json
from pathlib import Path

import pytest
from fitment.harness.cli.main import main
from fitment.registry.catalogue.model_record import ModelRecord
from fitment.registry.catalogue.record_models import record_models
from fitment.registry.storage.store import Store


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Two models, one of them without a licence."""
    made = Store.open(tmp_path / "fitment.duckdb", create=True)
    record_models(
        made, [ModelRecord(model_id="acme/one", licence="llama2"), ModelRecord(model_id="acme/two")], "test"
    )
    monkeypatch.setenv("FITMENT_DB", str(tmp_path / "fitment.duckdb"))
    return made


@pytest.mark.usefixtures("store")
def test_models_of_the_catalogue_and_licences(capsys: pytest.CaptureFixture[str]) -> None:
    """Each by its declared licence; a model without one is unknown."""
    asked = ["licence", "matrix", "acme/one", "acme/two", "apache-2.0", "--outbound", "MIT"]
    assert main([*asked, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [part["licence"] for part in found["parts"]] == ["llama2", None, "apache-2.0"]
    assert [each["verdict"] for each in found["alone"]] == ["incompatible", "unknown", "compatible"]
    assert main(asked) == 0
    out = capsys.readouterr().out
    assert "acme/one (llama2)" in out
    assert "in pairs" in out


@pytest.mark.usefixtures("store")
def test_what_is_neither(capsys: pytest.CaptureFixture[str]) -> None:
    """One line, exit code 2."""
    assert main(["licence", "matrix", "acme/tow"]) == 2
    err = capsys.readouterr().err
    assert "no licence either" in err
    assert err.count("\n") == 1


def test_without_a_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Licences need none; a store that was named has to be there."""
    monkeypatch.setenv("FITMENT_DB", str(tmp_path / "fitment.duckdb"))
    assert main(["licence", "matrix", "mit", "MIT OR gemma", "--relation", "serve_api"]) == 0
    assert "in pairs" not in capsys.readouterr().out
    assert main(["licence", "matrix", "acme/one"]) == 2
    assert main(["licence", "matrix", "mit", "--db-path", str(tmp_path / "no.duckdb")]) == 2
    assert list(tmp_path.iterdir()) == []
