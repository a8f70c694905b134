from __future__ import annotations

import json
from pathlib import Path

import pytest
from fitment.harness.cli.main import main

from tests.harness.cli.catalogues import SEED


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FITMENT_DB", str(tmp_path / "x.duckdb"))


def test_a_file_is_counted_and_its_rejects_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By line and reason; a second time nothing changes."""
    records = [{"model_id": "a", "colour": 1}, {"model_id": "b", "rating": 9}, {"model_id": "\x1b[31m"}]
    file = tmp_path / "m.jsonl"
    file.write_text("".join(json.dumps(record) + "\n" for record in records))
    assert main(["model", "import", str(SEED), str(file)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "seed_models.json: 5 accepted: 5 added, 0 changed, 0 as before; 0 rejected",
        "m.jsonl: 1 accepted: 1 added, 0 changed, 0 as before; 2 rejected",
        "  note: fields that are not kept: colour",
        "  m.jsonl:2: rejected: its rating is 9.0: it must be from 0 to 5",
        "  m.jsonl:3: rejected: its model_id '\\x1b[31m' holds characters that can't be printed",
    ]
    main(["model", "import", str(SEED)])
    assert "0 added, 0 changed, 5 as before" in capsys.readouterr().out


def test_a_file_that_is_none_is_one_line_and_makes_no_store(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With exit code 2."""
    (tmp_path / "m.json").write_text("[{")
    assert main(["model", "import", str(tmp_path / "m.json")]) == 2
    assert ":1: not JSON" in capsys.readouterr().err
    assert not (tmp_path / "x.duckdb").exists()


def test_of_very_many_rejects_the_first_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And the rest are counted."""
    file = tmp_path / "m.jsonl"
    file.write_text('{"model_id": "a"}\n' + '{"model_id": ""}\n' * 60)
    main(["model", "import", str(file)])
    said = capsys.readouterr().out.splitlines()
    assert (len(said), said[-1]) == (52, "  and 10 more rejected")
