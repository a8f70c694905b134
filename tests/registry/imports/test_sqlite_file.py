"""A foreign SQLite file is only read, and what is wrong with it is named."""

from __future__ import annotations

import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from fitment.registry.errors import ImportFileError
from fitment.registry.imports.sqlite_file import LONGEST_TEXT, columns, decoded, reading, text


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a b#?%20.db"
    with closing(sqlite3.connect(path)) as con:
        con.execute("PRAGMA page_size = 512")
        con.executescript(
            "CREATE TABLE t (id INTEGER PRIMARY KEY, name, twice AS (name || name));"
            "CREATE VIEW v AS SELECT * FROM t; CREATE VIRTUAL TABLE f USING fts5(x);"
        )
        con.executemany("INSERT INTO t (name) VALUES (?)", [("x" * 300,) for _ in range(200)])
        con.commit()
    return path


def test_only_plain_columns_of_plain_tables_count(file: Path) -> None:
    """A view, a virtual table and a computed column are not there: reading them runs what the file says."""
    with reading(file) as con:
        assert columns(con, "t") == {"id", "name"}
        assert [columns(con, name) for name in ("v", "f", "none", "t; --")] == [frozenset()] * 4


def test_nothing_is_written(file: Path) -> None:
    """No byte of the file changes, none appears beside it, and a write is refused by name."""
    before = file.read_bytes()
    with pytest.raises(ImportFileError, match="readonly database"), reading(file) as con:
        con.execute("DELETE FROM t")
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.iterdir()] == [file.name]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "is empty"),
        (b"id,name\n1,a\n", "no SQLite database, or an encrypted one"),
        (bytes(range(7, 256)) * 20, "no SQLite database, or an encrypted one"),
        (b"SQLite format 3\0", "cut off"),
        (b"SQLite format 3\0" + b"\xff" * 4096, "SQLite can't read it"),
        (b"\x1f\x8b" + b"0" * 99, "a gzip file; unpack it"),
    ],
)
def test_what_is_no_database(tmp_path: Path, content: bytes, expected: str) -> None:
    """Text, noise, a bare header and a packed file are told apart."""
    path = tmp_path / "x.db"
    path.write_bytes(content)
    with pytest.raises(ImportFileError, match=expected), reading(path) as con:
        columns(con, "t")


def test_a_zip_is_named(file: Path, tmp_path: Path) -> None:
    """The published sample is a zip: it is said to unpack it."""
    packed = tmp_path / "sample.db.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(file, "sample.db")
    with pytest.raises(ImportFileError, match="a zip file; unpack it"), reading(packed):
        pass


@pytest.mark.parametrize("share", [0.02, 0.5, 0.99])
def test_a_truncated_file_is_named(file: Path, share: float) -> None:
    """A download that broke off is known by its length, before a row is read."""
    whole = file.read_bytes()
    file.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(ImportFileError, match=f"cut off: [0-9,]+ of {len(whole):,} bytes"), reading(file):
        pass


def test_damage_in_the_middle_is_named(file: Path) -> None:
    """Pages of noise are an error of the file, not a row less."""
    whole = bytearray(file.read_bytes())
    whole[512 * 3 : 512 * 60] = b"\xa5" * (512 * 57)
    file.write_bytes(whole)
    with pytest.raises(ImportFileError, match=r"SQLite can't read it \(.*malformed"), reading(file) as con:
        con.execute("SELECT count(name) FROM t").fetchall()


@pytest.mark.parametrize(("suffix", "what"), [("-wal", "write-ahead log"), ("-journal", "rollback journal")])
def test_a_file_in_use_is_refused(file: Path, suffix: str, what: str) -> None:
    """What is still in a log beside the file would be missing; an empty log is none."""
    beside = file.with_name(file.name + suffix)
    beside.touch()
    with reading(file):
        pass
    beside.write_bytes(b"1")
    with pytest.raises(ImportFileError, match=what), reading(file):
        pass


def test_a_real_write_ahead_log_is_seen(tmp_path: Path) -> None:
    """While another connection's changes are in a log, the file is refused; afterwards it is read."""
    path = tmp_path / "wal.db"
    with closing(sqlite3.connect(path)) as writer:
        writer.execute("PRAGMA journal_mode = WAL")
        writer.execute("CREATE TABLE t (x)")
        writer.commit()
        with pytest.raises(ImportFileError, match="write-ahead log"), reading(path):
            pass
    with reading(path) as con:
        assert columns(con, "t") == {"x"}


def test_a_file_that_changes_meanwhile_is_refused(file: Path) -> None:
    """What was read of a file that is written at the same time is not believed."""
    with pytest.raises(ImportFileError, match="changed while it was read"), reading(file):
        file.write_bytes(file.read_bytes() + b"\0" * 512)


@pytest.mark.parametrize("name", ["missing.db", ".", "nul\0.db"])
def test_a_path_that_is_no_file(tmp_path: Path, name: str) -> None:
    """Nothing there, a folder and an impossible name."""
    problem = r"no such file|not a regular file|can't be read"
    with pytest.raises(ImportFileError, match=problem), reading(tmp_path / name):
        pass


def test_text_is_taken_as_bytes(tmp_path: Path) -> None:
    """NULs and bytes that are no UTF-8 are kept, numbers read as written, long values cut by SQLite."""
    with closing(sqlite3.connect(":memory:")) as con:
        con.execute("CREATE TABLE t (x)")
        stray = "CAST(x'61ff62' AS TEXT)"
        con.execute(f"INSERT INTO t VALUES ('a' || char(0) || 'b'), ({stray}), (12345), (NULL), ('  ')")
        con.execute("INSERT INTO t VALUES (?)", ["é" * LONGEST_TEXT])
        found = [decoded(raw) for (raw,) in con.execute(f"SELECT {text('x')} FROM t")]
    assert found[:5] == ["a\0b", "a\\xffb", "12345", None, None]
    assert len(found[5] or "") < LONGEST_TEXT
