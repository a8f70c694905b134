from __future__ import annotations

import json
from pathlib import Path

import pytest
from fitment.harness.cli.main import main
from fitment.registry.storage.store import Store

SUMMARY = "1 hardware-model pairs scored from 4 estimates\n"
QUERY = "SELECT recommended_batch_size, recommended_precision FROM hardware_model_compatibility"


def stored(path: Path) -> list[tuple[int, str]]:
    with Store.open(path).reading() as con:
        return con.execute(QUERY).fetchall()


@pytest.mark.parametrize("name", ["calculate-scores", "score"])
def test_scores_are_stored_for_those_who_query(
    filled: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The integration tables hold the pair afterwards, and the verb says how much was scored."""
    assert main([name]) == 0
    assert capsys.readouterr().out.startswith(SUMMARY)
    assert stored(filled) == [(32, "fp32")]


def test_without_update_they_are_shown_and_not_stored(
    filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A model and a hardware choose what is shown."""
    words = ["calculate-scores", "tiny", "--hardware", "Own CPU, 4 cores", "--no-update"]
    assert main(words) == 0
    assert "0.738    0.443    1" in capsys.readouterr().out
    assert main([*words, "--format", "json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["model"], row["recommended_batch_size"], row["result_ids"]) == ("tiny", 32, [2])
    assert stored(filled) == []


def test_they_can_go_to_a_file(filled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is printed then; the file is not written over by mistake."""
    words = ["calculate-scores", "--format", "csv", "--output", str(tmp_path / "scores.csv")]
    assert main(words) == 0
    assert capsys.readouterr().out == ""
    assert (tmp_path / "scores.csv").read_text().startswith("id,model,hardware,")
    assert stored(filled) == [(32, "fp32")]
    assert main(words) == 2
    assert "scores.csv exists; name another file, or say --overwrite" in capsys.readouterr().err
    assert main([*words, "--overwrite"]) == 0


@pytest.mark.usefixtures("filled")
def test_an_unknown_name_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Model or hardware."""
    assert main(["calculate-scores", "tinny"]) == 2
    assert "did you mean tiny?" in capsys.readouterr().err
    assert main(["calculate-scores", "--hardware", "own"]) == 2
    assert 'unknown hardware "own": name it in full: Own CPU, 4 cores' in capsys.readouterr().err
