"""Reading a foreign file: complete UTF-8 text and a regular table, or one line that names the place."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from fitment.registry.errors import ImportFileError
from fitment.registry.imports import source
from fitment.registry.imports.source import read_source, read_table


def table(folder: Path, text: str) -> source.Table:
    path = folder / "t.csv"
    path.write_bytes(text.encode())
    return read_table(read_source(path), ("a", "b"))


def test_hash_is_of_the_bytes(tmp_path: Path) -> None:
    """The hash covers the file's bytes, its byte order mark included; the text leaves the mark out."""
    data = b"\xef\xbb\xbfa,b\n1,2\n"
    (tmp_path / "t.csv").write_bytes(data)
    found = read_source(tmp_path / "t.csv")
    assert found.sha256 == hashlib.sha256(data).hexdigest()
    assert found.text == "a,b\n1,2\n"


def test_lines_are_the_files_own(tmp_path: Path) -> None:
    """Rows carry the line that an editor shows, past blank lines, quoted fields and any line end."""
    found = table(tmp_path, 'b, a,more\r\n\r\n1,"x, ""y""",z\n"2\n3",4,\u2028\r\n5,6,7\n')
    assert found.columns == ("b", "a", "more")
    assert [line for line, _ in found.rows] == [3, 4, 6]
    assert found.rows[0][1] == {"b": "1", "a": 'x, "y"', "more": "z"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a,b\n1,2\n3\n", "t.csv:3: 1 fields where the header has 2"),
        ("a,b\n1,2,3\n", "t.csv:2: 3 fields where the header has 2"),
        ('a,b\n1,"2\n', "t.csv:2: not CSV"),
        ('a,b\n1,"2"x\n', "t.csv:2: not CSV"),
        ("a,c\n1,2\n", "t.csv:1: the header lacks b; it needs a, b"),
        ("1,2\n3,4\n", "t.csv:1: the header lacks a, b"),
        ("a,b,a\n1,2,3\n", "t.csv:1: the header names a twice"),
        ("a,b\n", "t.csv:1: a header and no rows"),
    ],
)
def test_irregular_tables(tmp_path: Path, text: str, message: str) -> None:
    """A table that isn't regular is refused as a whole, naming the line."""
    with pytest.raises(ImportFileError, match=message):
        table(tmp_path, text)


def test_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file above the limit is refused after reading no more than the limit."""
    monkeypatch.setattr(source, "MAX_BYTES", 2**20)
    with (tmp_path / "t.csv").open("wb") as file:
        file.truncate(2**40)  # sparse: 1 TiB
    with pytest.raises(ImportFileError, match="larger than 1 MiB"):
        read_source(tmp_path / "t.csv")


@pytest.mark.parametrize("kind", ["missing", "folder", "fifo", "NUL in the path"])
def test_no_file(tmp_path: Path, kind: str) -> None:
    """What isn't a readable regular file is refused at once; a pipe is never waited for."""
    path = tmp_path / ("a\0b" if kind.startswith("NUL") else kind)
    if kind == "folder":
        path.mkdir()
    elif kind == "fifo":
        os.mkfifo(path)
    with pytest.raises(ImportFileError):
        read_source(path)
