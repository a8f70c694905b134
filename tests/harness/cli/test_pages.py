from __future__ import annotations

import argparse
from pathlib import Path

import pytest
from fitment.harness.cli.pages import form_of, put_document
from fitment.registry.report.document import Document, Section
from fitment.registry.report.text_table import Table


@pytest.mark.parametrize(
    ("said", "file", "form"),
    [(None, None, "table"), (None, "a.HTML", "html"), (None, "a.md", "markdown"), ("json", "a.md", "json"),
     (None, "a.txt", "table")],
)  # fmt: skip
def test_the_format(said: str | None, file: str | None, form: str) -> None:
    """As it is said, else as the file's name ends, else a table."""
    assert form_of(argparse.Namespace(format=said, output=file and Path(file))) == form


@pytest.mark.parametrize(
    ("name", "start"), [("a.html", "<!doctype html>"), ("a.md", "# T"), ("a.json", "{}"), ("a.txt", "T\n")]
)
def test_each_format_is_written(name: str, start: str, tmp_path: Path) -> None:
    """Whole, to the file."""
    args = argparse.Namespace(format=None, output=tmp_path / name, overwrite=False)
    put_document(lambda: Document("T", (Section("S", ("line",)),)), lambda: "{}", args)
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)


def test_no_line_of_a_table_ends_with_blanks(capsys: pytest.CaptureFixture[str]) -> None:
    """Where it isn't drawn on a terminal."""
    table = Table(("a", "b"), (("long enough", "x"), ("c", "")))
    args = argparse.Namespace(format="table", output=None, overwrite=False)
    put_document(lambda: Document("T", (Section("S", table=table),)), lambda: "{}", args)
    lines = capsys.readouterr().out.splitlines()
    assert any("long enough" in line for line in lines)
    assert lines == [line.rstrip() for line in lines]
