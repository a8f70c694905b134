"""A TOML file with a bound on its size and depth, and the line on which a mistake stands.

``tomllib`` keeps no line numbers, so ``Document.at`` finds the line again by a small search: the table's
n-th header, then the key, then the value's text. It may name the first of several equal values.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...registry.errors import ConfigError
from ...registry.report.text import terminal

MAX_BYTES = 256 * 1024  # tomllib reads about 1 MB/s; nobody writes a longer sweep by hand
MAX_DOTS = 32  # in one key: tomllib needs time with the square of a key's depth
QUOTED = re.compile(r""""(?:[^"\\]|\\.)*"|'[^']*'""")
ASSIGNMENT = re.compile(r"""\s*["']?([A-Za-z0-9_-]+)["']?\s*=""")
HEADER = re.compile(r"""\s*\[+\s*["']?([A-Za-z0-9_-]+)["']?\s*\]+""")
AT_LINE = re.compile(r"(.*?) \(at line (\d+), column \d+\)")


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed TOML text. ``origin`` is the file's name as the user typed it; ``numbered`` says whether
    there is a file whose lines a person could look up."""

    origin: str
    text: str
    data: dict[str, Any]
    numbered: bool = True

    def at(self, key: str, *, table: str = "", index: int = 0, value: object = None) -> str:
        """``file:line`` of a key of the ``index``-th table of that name, or of one value in its list."""
        if not self.numbered:
            return self.origin
        lines = self.text.split("\n")
        start = _header(lines, table, index)
        line = _assignment(lines, start, key)
        if line is None:
            return f"{self.origin}:{start + 1}"
        return f"{self.origin}:{_value(lines, line, value) + 1}"


def read(path: Path) -> Document:
    """The parsed file.

    Raises ConfigError, naming file and line, for what is missing, a directory, too large, not UTF-8,
    nested too deeply, or not TOML.
    """
    origin = terminal(str(path))
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = getattr(error, "strerror", None) or str(error)
        raise ConfigError(f"{origin}: can't read this sweep file: {reason}") from None
    if len(raw) > MAX_BYTES:
        raise ConfigError(
            f"{origin}:1: more than {MAX_BYTES // 1024} KiB: not a sweep file that was written by hand"
        )
    return parse(origin, _decoded(origin, raw))


def parse(origin: str, text: str, *, numbered: bool = True) -> Document:
    """The parsed text; raises ConfigError as ``read``."""
    for number, line in enumerate(text.split("\n"), 1):
        if QUOTED.sub("", line).partition("=")[0].count(".") > MAX_DOTS:
            raise ConfigError(f"{origin}:{number}: a key with more than {MAX_DOTS} dots: nested too deeply")
    try:
        return Document(origin, text, tomllib.loads(text + "\n"), numbered)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(_syntax(origin, text, str(error))) from None
    except RecursionError:
        raise ConfigError(f"{origin}:1: lists or tables are nested too deeply") from None


def _decoded(origin: str, raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ConfigError(f"{origin}:{line}: not UTF-8 text (byte 0x{raw[error.start]:02x})") from None


def _syntax(origin: str, text: str, message: str) -> str:
    located = AT_LINE.fullmatch(message)
    if located:
        return f"{origin}:{located[2]}: {terminal(located[1])}{_hint(located[1])}"
    last = text.rstrip().count("\n") + 1
    return f"{origin}:{last}: {terminal(message)}: is the file truncated?"


def _hint(message: str) -> str:
    twice = "overwrite" in message or "twice" in message
    return ": the same key or table stands there twice" if twice else ""


def _header(lines: list[str], table: str, index: int) -> int:
    if not table:
        return 0
    header = re.compile(rf"\s*\[+\s*{re.escape(table)}\s*\]+")
    found = [number for number, line in enumerate(lines) if header.match(line)]
    return found[index] if index < len(found) else 0


def _assignment(lines: list[str], start: int, key: str) -> int | None:
    for number in range(start, len(lines)):
        named = ASSIGNMENT.match(lines[number]) or HEADER.match(lines[number])
        if named and named[1] == key:
            return number
    return None


def _value(lines: list[str], start: int, value: object) -> int:
    if value is None:
        return start
    texts = {value, json.dumps(value)[1:-1]} if isinstance(value, str) else {str(value)}
    for number in range(start, len(lines)):
        if number > start and (ASSIGNMENT.match(lines[number]) or lines[number].lstrip().startswith("[[")):
            break
        if any(text in lines[number] for text in texts):
            return number
    return start
