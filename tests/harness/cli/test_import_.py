from __future__ import annotations

from pathlib import Path

import pytest
from fitment.configs import path as shipped
from fitment.harness.cli.main import main

from tests.registry.imports.peatmoss_file import write

NAME = "benchmark-infer-amp-nchw-pt210-cu121-rtx3090.csv"


@pytest.fixture
def part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The head and the last five rows of a published file, two of which hold no metrics."""
    monkeypatch.setenv("FITMENT_DB", str(tmp_path / "s.duckdb"))
    lines = shipped(f"published/timm/{NAME}").read_text().splitlines(keepends=True)
    file = tmp_path / NAME
    file.write_text(lines[0] + "".join(lines[-5:]))
    return file


def test_counts_and_rejects_are_printed(part: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was accepted, added and rejected, and each rejected row by file and line."""
    assert main(["import", "timm", str(part)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"{NAME}: 3 accepted, 3 added, 2 rejected"
    assert [line.partition(": ")[0] for line in lines[1:]] == [f"  {NAME}:5", f"  {NAME}:6"]


def test_B18_twice_is_once(part: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same file again adds nothing; several files end with a total."""
    assert main(["import", "timm", str(part), str(part)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert f"{NAME}: 3 accepted, 0 added, 2 rejected" in lines
    assert lines[-1] == "2 files: 6 accepted, 3 added, 4 rejected"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["tim", "x.csv"], 'unknown importer "tim"'),
        (["timm", "no\x1b.csv"], "no\\x1b.csv"),
        (["timm", "."], "."),
    ],
)
def test_a_file_that_is_none_is_one_line(
    words: list[str], expected: str, part: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An unknown format, a missing file and a folder are named, with exit code 2."""
    assert main(["import", *words]) == 2
    err = capsys.readouterr().err
    assert expected in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("files", [["published.csv"], ["folder/one.csv", "two.csv"]])
def test_a_file_in_place_of_the_format(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """It is said what is missing: what the files are."""
    with pytest.raises(SystemExit) as end:
        main(["import", *files])
    assert end.value.code == 2
    assert f"{files[0]} is a file: say first what the files are (peatmoss, timm)" in capsys.readouterr().err


def test_models_and_uses_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A database of models says what was new in it, what was left out, and each reject by its row."""
    monkeypatch.setenv("FITMENT_DB", str(tmp_path / "s.duckdb"))
    hostile = "INSERT INTO model (id, context_id, model_hub_id) VALUES (9, char(27) || '[31m', 1);"
    path = write(tmp_path, more=hostile)
    assert main(["import", "peatmoss", str(path)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "PeaTMOSS.db: 4 models: 4 added, 0 changed, 0 as they were; 1 rejected",
        "  3 uses of them; those of 2 repositories are new or changed",
        "  note: downloads that are no whole number from 0 on: 1 left out",
        "  PeaTMOSS.db:9: rejected: model 9: its model_id '\\x1b[31m' holds characters that can't be printed",
    ]


def test_a_mistake_leaves_no_store_behind(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown format, or a first file that can't be read, makes no store."""
    target = tmp_path / "n.duckdb"
    for words in (["tim", "x.csv"], ["timm", str(tmp_path / "missing.csv")]):
        assert main(["import", *words, "--db-path", str(target)]) == 2
    capsys.readouterr()
    assert list(tmp_path.iterdir()) == []
