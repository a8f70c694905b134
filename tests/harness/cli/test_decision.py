"""``fitment recommend --report``."""

from __future__ import annotations

from pathlib import Path

import pytest
from fitment.harness.cli.main import main

pytestmark = pytest.mark.usefixtures("filled")


@pytest.mark.parametrize("ending", ["html", "md"])
def test_a_page_is_written(tmp_path: Path, ending: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The file holds the question as a command that asks it again; two runs give the same bytes."""
    first, second = tmp_path / f"one.{ending}", tmp_path / f"two.{ending}"
    for file in (first, second):
        assert main(["recommend", "--model", "tiny", "--top-k", "5", "--report", str(file)]) == 0
        out, err = capsys.readouterr()
        assert "Own CPU, 4 cores" in out
        assert err == f"decision record: {file}\n"
    assert first.read_bytes() == second.read_bytes()
    text = first.read_text()
    assert "fitment recommend tiny --top-k 5" in text
    assert "--report" not in text


def test_where_it_can_not_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Another ending, a directory, a missing folder and an existing file are one line each."""
    (tmp_path / "is.md").write_text("mine")
    (tmp_path / "folder.html").mkdir()
    for name, reason in (
        ("page.pdf", "name it .html or .md"),
        ("folder.html", "is a directory"),
        ("no/page.md", "No such file"),
        ("is.md", "exists; name another file, or say --overwrite"),
    ):
        assert main(["recommend", "tiny", "--report", str(tmp_path / name)]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert reason in err
        assert err.count("\n") == 1
    assert (tmp_path / "is.md").read_text() == "mine"
    assert main(["recommend", "tiny", "--report", str(tmp_path / "is.md"), "--overwrite"]) == 0
    assert "Which hardware for tiny?" in (tmp_path / "is.md").read_text()


def test_the_answer_itself_can_go_to_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--output takes table, JSON, CSV and Markdown in place of the terminal."""
    for form in ("table", "json", "csv", "markdown"):
        file = tmp_path / f"answer.{form}"
        assert main(["recommend", "tiny", "--format", form, "--output", str(file)]) == 0
        assert capsys.readouterr().out == ""
        assert "Own CPU, 4 cores" in file.read_text()
