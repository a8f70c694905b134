from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from fitment.harness.cli.main import main
from fitment.registry.licences.check import DISCLAIMER


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small repository in the working folder, with a name that would colour a terminal, and no store."""
    monkeypatch.chdir(tmp_path)
    for name in ("FITMENT_DB", "BENCHMARK_DB_PATH"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "repo"
    folder.mkdir()
    (folder / "app.py").write_text(
        "from transformers import AutoModel, pipeline\n"
        "AutoModel.from_pretrained('acme/one')\npipeline('ner')\n"
    )
    (folder / "\x1b[31mred.py").write_text("from transformers import AutoModel\nAutoModel.from_pretrained(\n")
    return folder


def test_a_scan_needs_no_store(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Uses, what was skipped, verdicts and the disclaimer; hostile names are inert; no store appears."""
    assert main(["usage", "scan", "repo", "--outbound", "MIT"]) == 0
    out = capsys.readouterr().out
    assert "2 uses of 1 models, 1 unresolved" in out
    assert (
        "the default model of its task: 'ner'" in out.replace("\n", " ").replace("  ", " ")
        or "default" in out
    )
    assert "1 skipped:\n  \\x1b[31mred.py: not Python 3" in out
    assert "not in the catalogue" in out
    assert out.rstrip().endswith(DISCLAIMER)
    assert not (repository.parent / "fitment.duckdb").exists()


@pytest.mark.usefixtures("repository")
def test_json_holds_all_and_csv_the_uses(capsys: pytest.CaptureFixture[str]) -> None:
    """Every use with whether it is resolved, every skip, every verdict."""
    assert main(["usage", "scan", "repo", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(use["line"], use["model_id"], use["resolved"]) for use in told["uses"]] == [
        (2, "acme/one", True),
        (3, None, False),
    ]
    assert [row["verdict"] for row in told["models"]] == ["unknown"]
    assert told["skipped"][0]["file"] == "\x1b[31mred.py"
    assert told["disclaimer"] == DISCLAIMER
    assert main(["usage", "scan", "repo", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["model_id"] for row in rows] == ["acme/one", ""]


@pytest.mark.usefixtures("repository")
def test_kept_uses_answer_who_uses_a_model(capsys: pytest.CaptureFixture[str]) -> None:
    """--keep makes the store and says what was kept; again, that nothing changed."""
    assert main(["usage", "scan", "repo", "--keep", "--name", "shop"]) == 0
    assert "shop: kept 2 uses" in capsys.readouterr().err
    assert main(["usage", "scan", "repo", "--keep", "--name", "shop"]) == 0
    assert "nothing changed" in capsys.readouterr().err
    assert main(["usage", "of", "acme/one", "--format", "json"]) == 0
    (use,) = json.loads(capsys.readouterr().out)
    assert (use["repository"], use["file"], use["line"]) == ("shop", "app.py", 2)
    assert main(["usage", "of", "acme/two"]) == 0
    assert "no kept use of acme/two" in capsys.readouterr().out


def test_an_id_without_an_owner_is_known_by_its_record(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In the catalogue of the store; what looks the same and is not there stays open."""
    (repository / "app.py").write_text(
        "from transformers import AutoModel as M\nM.from_pretrained('tiny-7b')\nM.from_pretrained('mine')\n"
    )
    assert main(["model", "add", "tiny-7b", "--licence", "apache-2.0"]) == 0
    capsys.readouterr()
    assert main(["usage", "scan", "repo", "--outbound", "MIT", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(use["line"], use["model_id"]) for use in told["uses"]] == [(2, "tiny-7b"), (3, None)]
    assert [(row["model_id"], row["verdict"]) for row in told["models"]] == [("tiny-7b", "compatible")]


@pytest.mark.usefixtures("repository")
def test_a_repository_that_is_none_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2 and what to name; a store that was named and is not there is a mistake too."""
    assert main(["usage", "scan", "nowhere"]) == 2
    assert (
        capsys.readouterr().err
        == "fitment: nowhere does not exist; name the folder of a repository, such as .\n"
    )
    assert main(["usage", "scan", "repo", "--db-path", "none.duckdb"]) == 2
