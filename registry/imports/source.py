"""A foreign text file read once and strictly: what its importer sees is what its hash covers."""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass
from pathlib import Path

from ..errors import ImportFileError

MAX_BYTES = 64 * 2**20  # the largest published file is 120 kB


@dataclass(frozen=True, slots=True)
class Source:
    """The whole text of one file, decoded."""

    path: Path
    sha256: str
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file's header and its rows as text, each with the number of the line it starts on."""

    columns: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]


def read_source(path: Path, most: int | None = None, *, lines: bool = True) -> Source:
    """The text of ``path`` with its sha256; a UTF-8 byte order mark is left out of the text.

    Raises ImportFileError for anything that is not a complete UTF-8 text of at most ``most`` bytes (64 MiB).
    Of ``lines`` the last one must end; what tells by itself whether it is whole has none.
    """
    data = read_bytes(path, most)
    if not data.strip():
        raise ImportFileError(f"{path}: the file is empty; export it again")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ImportFileError(f"{path}:{line}: not UTF-8 text; save the file as UTF-8") from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise ImportFileError(f"{path}:{line}: a NUL byte; the file is damaged, download it again")
    if lines and not text.endswith("\n"):
        line = text.count("\n") + 1
        raise ImportFileError(
            f"{path}:{line}: the last line has no line end, so the file may be cut off; "
            "download it again, or end the line if it is whole"
        )
    return Source(path, hashlib.sha256(data).hexdigest(), text)


def read_bytes(path: Path, most: int | None = None) -> bytes:
    """The bytes of the regular file ``path``. Raises ImportFileError where it can't be read, or has more."""
    most = MAX_BYTES if most is None else most
    try:
        if not path.is_file():
            problem = "not a regular file" if path.exists() else "no such file"
            raise ImportFileError(f"{path}: {problem}; name the file to read")
        with path.open("rb") as file:
            data = file.read(most + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = getattr(error, "strerror", None) or str(error)
        raise ImportFileError(f"{path}: can't be read ({reason}); check the path") from error
    if len(data) > most:
        raise ImportFileError(f"{path}: larger than {most // 2**20} MiB; split it into smaller files")
    return data


def read_table(source: Source, required: tuple[str, ...]) -> Table:
    """The rows of a CSV text by column name; column order is free, blank lines count for nothing.

    Raises ImportFileError, naming the line, for a header without the ``required`` columns, a column
    named twice, a row whose number of fields is not the header's, broken quoting, or no rows at all.
    """
    lines = csv.reader(io.StringIO(source.text, newline=""), strict=True)
    start, header, rows = 1, None, []
    try:
        for fields in lines:
            if not fields:
                pass
            elif header is None:
                header = _header(source.path, start, fields, required)
            elif len(fields) != len(header):
                raise ImportFileError(
                    f"{source.path}:{start}: {len(fields)} fields where the header has {len(header)}; "
                    "the file is cut off or damaged, download it again"
                )
            else:
                rows.append((start, dict(zip(header, fields, strict=True))))
            start = lines.line_num + 1
    except csv.Error as error:
        raise ImportFileError(f"{source.path}:{start}: not CSV ({error}); download the file again") from error
    if header is None or not rows:
        raise ImportFileError(f"{source.path}:1: a header and no rows; nothing to import")
    return Table(header, tuple(rows))


def _header(path: Path, line: int, fields: list[str], required: tuple[str, ...]) -> tuple[str, ...]:
    columns = tuple(field.strip() for field in fields)
    missing = [name for name in required if name not in columns]
    if missing:
        raise ImportFileError(
            f"{path}:{line}: the header lacks {', '.join(missing)}; it needs {', '.join(required)}"
        )
    twice = sorted({name for name in columns if columns.count(name) > 1})
    if twice:
        raise ImportFileError(f"{path}:{line}: the header names {', '.join(twice)} twice; remove one")
    return columns
