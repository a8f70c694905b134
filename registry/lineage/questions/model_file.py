"""A file of models' ids, one a line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ...errors import FitmentError, UnknownNameError
from ..ecosystem import Ecosystem
from .asked import number, short

_HINTED = 3  # unknown models for which near names are looked for: each takes most of a second


class ModelFileError(FitmentError):
    """A file that is no list of models' ids."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The models of a file in its order, each once, and what is wrong with the other lines."""

    models: tuple[int, ...]
    unknown: tuple[str, ...]  # one line each: file, line, id


def listed(ecosystem: Ecosystem, path: Path) -> Listed:
    """The models that ``path`` names; blank lines are passed over. Raises ModelFileError."""
    found: dict[int, None] = {}
    unknown: list[str] = []
    for at, line in enumerate(_text(path).splitlines(), 1):
        name = line.strip()
        if not name:
            continue
        known = ecosystem.names.find(name)
        if known is None:
            unknown.append(f"{path}:{at}: {_why(ecosystem, name, len(unknown) < _HINTED)}")
        else:
            found[known] = None
    if not found and not unknown:
        raise ModelFileError(f"{path} names no model: put one id on each line")
    return Listed(tuple(found), tuple(unknown))


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise ModelFileError(f"can't read {path}: {reason}") from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ModelFileError(f"{path}:{line}: not UTF-8; a text file is needed, one id a line") from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise ModelFileError(f"{path}:{line}: a NUL byte; a text file is needed, one id a line")
    return text


def _why(ecosystem: Ecosystem, name: str, hinted: bool) -> str:
    if hinted:
        try:
            number(ecosystem, name)
        except UnknownNameError as error:
            return str(error)
    return f'no model "{short(name)}"'
