from __future__ import annotations

import os
from argparse import ArgumentParser
from pathlib import Path

import pytest
from fitment.harness.cli.output import OutputError, add_output, put, write_file


def test_without_a_file_it_is_printed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """With one it is there instead."""
    parser = ArgumentParser()
    add_output(parser)
    put("text\n", parser.parse_args([]))
    assert capsys.readouterr().out == "text\n"
    put("é\r\n\ud800", parser.parse_args(["--output", str(tmp_path / "a.txt")]))
    assert capsys.readouterr().out == ""
    assert (tmp_path / "a.txt").read_bytes() == "é\r\n\\ud800".encode()


def test_a_file_is_written_over_only_where_that_is_said(tmp_path: Path) -> None:
    """And nothing is left beside it."""
    path = tmp_path / "a.txt"
    write_file(path, "first", overwrite=False)
    with pytest.raises(OutputError, match="exists; name another file, or say --overwrite"):
        write_file(path, "second", overwrite=False)
    assert path.read_text() == "first"
    write_file(path, "second", overwrite=True)
    assert path.read_text() == "second"
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_no_file_is_refused_and_a_device_gets_the_text(tmp_path: Path) -> None:
    """A directory, a folder that is not there, a name that can't be one."""
    with pytest.raises(OutputError, match="is a directory"):
        write_file(tmp_path, "x", overwrite=True)
    with pytest.raises(OutputError, match="No such file or directory; name another file"):
        write_file(tmp_path / "no" / "a.txt", "x", overwrite=False)
    with pytest.raises(OutputError, match="can't write"):
        write_file(Path("a\0b"), "x", overwrite=False)
    write_file(Path("/dev/null"), "x", overwrite=False)
    assert Path("/dev/null").is_char_device()


def test_an_interrupted_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whole or not at all."""
    path = tmp_path / "a.txt"
    path.write_text("old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="No space left on device"):
        write_file(path, "new", overwrite=True)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]
