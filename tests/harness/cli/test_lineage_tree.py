from __future__ import annotations

from pathlib import Path

import pytest
from fitment.harness.cli.main import main

from tests.harness.cli.analysed_lineage import built


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    return built(tmp_path_factory.mktemp("lineage"))


def test_text_on_the_terminal(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Ancestors above and descendants below; of the asked view, up to the limit."""
    assert main(["lineage", "tree", "o/c", "--db-path", database, "--popularity"]) == 0
    assert capsys.readouterr().out.splitlines()[:6] == [
        "Family tree of o/c",
        "above: made from 1 model; below: 2 models made from it",
        "",
        "┌─ ● o/a · finetune · mit · 1 like · 1 download",
        "■ o/c · apache-2.0, gpl-3.0 · 1 like · 1 download",
        "├─ ● o/d · finetune · apache-2.0 · 1 like · 1 download",
    ]
    assert main(["lineage", "tree", "o/c", "--db-path", database, "--view", "quantized", "--limit", "1"]) == 0
    assert "└─ ● o/q · quantized · apache-2.0" in capsys.readouterr().out


def test_a_drawing_where_the_file_is_named_so(database: str, tmp_path: Path) -> None:
    """Or where the format is; text in every other file."""
    asked = ["lineage", "tree", "o/a", "--db-path", database, "--output"]
    for name, more in (
        ("a.svg", []),
        ("b.txt", ["--format", "svg"]),
        ("c.txt", []),
        ("d.svg", ["--format", "text"]),
    ):
        assert main([*asked, str(tmp_path / name), *more]) == 0
    drawn = [path.name for path in sorted(tmp_path.iterdir()) if path.read_text().startswith("<svg ")]
    assert drawn == ["a.svg", "b.txt"]
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.txt").read_bytes()


@pytest.mark.parametrize(
    ("words", "expected"),
    [(["o/cc"], 'no model "o/cc"'), (["o/c", "--limit", "1001"], "a picture holds 1 to 1,000 models")],
)
def test_what_cannot_be_drawn_is_one_line(
    database: str, words: list[str], expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """With exit code 2."""
    assert main(["lineage", "tree", *words, "--db-path", database]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert expected in err
