"""A foreign SQLite file, opened to be read and for nothing else: no lock, no write, no code of its schema.

``immutable=1`` takes no lock and leaves no file behind; in turn it does not look at a write-ahead log or a
rollback journal, so that a file beside which one lies is refused, and so is one that changes while it is
read. Views, virtual tables and computed columns count as missing: what reads them runs what the file says.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..errors import ImportFileError
from ..inert import terminal

LONGEST_TEXT = 4_000  # bytes of a name, path or URL that are looked at
LARGEST_VALUE = 64 * 2**20  # bytes of one value or row that SQLite may touch
_MAGIC = b"SQLite format 3\0"
_PACKED = {b"PK\x03\x04": "zip", b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"\xfd7zXZ": "xz", b"7z\xbc\xaf": "7z"}
_PAGE_SIZES = frozenset(1 << power for power in range(9, 17))
_BESIDE = {"-wal": "a write-ahead log", "-journal": "a rollback journal"}


@dataclass(frozen=True, slots=True)
class _Seen:
    """What tells whether a file was written meanwhile."""

    inode: int
    size: int
    changed_ns: int


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that can only read ``path``; whatever SQLite finds wrong in the body is translated.

    Raises ImportFileError for what is no SQLite file, encrypted, packed, cut off, in use or damaged.
    """
    seen = _checked(path)
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as con:
            con.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST_VALUE)
            con.text_factory = _lenient
            con.execute("PRAGMA trusted_schema = OFF")
            con.execute("PRAGMA cell_size_check = ON")
            yield con
    except (sqlite3.Error, UnicodeDecodeError) as error:  # the latter: a message that quotes a broken schema
        why = terminal(str(error)) if isinstance(error, sqlite3.Error) else "a broken schema"
        raise ImportFileError(
            f"{path}: SQLite can't read it ({why}); it is damaged or encrypted: get it again"
        ) from error
    if _seen(path) != seen:
        raise ImportFileError(f"{path}: changed while it was read; nothing was stored, import it again")


def columns(con: sqlite3.Connection, table: str) -> frozenset[str]:
    """The plain columns of a plain table, by name; empty where there is no such table."""
    plain = "SELECT 1 FROM sqlite_master WHERE name = ? AND type = 'table' AND rootpage > 0"
    if not con.execute(plain, [table]).fetchone():
        return frozenset()
    found = con.execute("SELECT name FROM pragma_table_xinfo(?) WHERE hidden = 0", [table])
    return frozenset(name for (name,) in found)


def text(column: str) -> str:
    """SQL for a column as the bytes that ``decoded`` takes; at most one more than are looked at."""
    return f"substr(CAST({column} AS BLOB), 1, {LONGEST_TEXT + 1})"


def decoded(value: bytes | None) -> str | None:
    """A text, stripped, None where there is none; bytes that are not UTF-8 stay visible as ``\\xNN``."""
    return None if value is None else value.decode("utf-8", "backslashreplace").strip() or None


def _lenient(value: bytes) -> str:
    """A name in the schema: one that is not UTF-8 is a name that nobody asks for."""
    return value.decode("utf-8", "backslashreplace")


def _checked(path: Path) -> _Seen:
    try:
        if not path.is_file():
            problem = "not a regular file" if path.exists() else "no such file"
            raise ImportFileError(f"{path}: {problem}; name the SQLite file to import")
        with path.open("rb") as file:
            head = file.read(100)
        _check_head(path, head)
        for suffix, what in _BESIDE.items():
            beside = path.with_name(path.name + suffix)
            if beside.exists() and beside.stat().st_size:
                raise ImportFileError(
                    f"{path}: {beside.name} beside it is {what} with changes that are not in it yet; "
                    "let the program that writes it end, or import a copy made by sqlite3's .backup"
                )
        return _seen(path)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = getattr(error, "strerror", None) or str(error)
        raise ImportFileError(f"{path}: can't be read ({reason}); check the path") from error


def _check_head(path: Path, head: bytes) -> None:
    if not head:
        raise ImportFileError(f"{path}: the file is empty; get it again")
    packed = next((name for start, name in _PACKED.items() if head.startswith(start)), None)
    if packed:
        raise ImportFileError(f"{path}: a {packed} file; unpack it and import the database inside")
    if not head.startswith(_MAGIC):
        raise ImportFileError(f"{path}: no SQLite database, or an encrypted one; export it as plain SQLite")
    declared = _page_size(head) * int.from_bytes(head[28:32], "big")
    counted = head[24:28] == head[92:96] and _page_size(head) in _PAGE_SIZES  # else the header holds no more
    size = path.stat().st_size
    if len(head) < 100 or (counted and size < declared):
        raise ImportFileError(f"{path}: cut off: {size:,} of {declared:,} bytes; download it again")


def _page_size(head: bytes) -> int:
    size = int.from_bytes(head[16:18], "big")
    return 65536 if size == 1 else size


def _seen(path: Path) -> _Seen:
    found = path.stat()
    return _Seen(found.st_ino, found.st_size, found.st_mtime_ns)
