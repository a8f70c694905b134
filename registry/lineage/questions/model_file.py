"""A file of models' ids, one a line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ...errors import ImportFileError, UnknownNameError
from ...imports.source import read_source
from ..ecosystem import Ecosystem
from .asked import number, short

_HINTED = 3  # unknown models for which near names are looked for: each takes most of a second


@dataclass(frozen=True, slots=True)
class Listed:
    """The models of a file in its order, each once, and what is wrong with the other lines."""

    models: tuple[int, ...]
    unknown: tuple[str, ...]  # one line each: file, line, id


def listed(ecosystem: Ecosystem, path: Path) -> Listed:
    """The models that ``path`` names; blank lines are passed over. Raises ImportFileError."""
    found: dict[int, None] = {}
    unknown: list[str] = []
    for at, line in enumerate(read_source(path, lines=False).text.splitlines(), 1):
        name = line.strip()
        if not name:
            continue
        known = ecosystem.names.find(name)
        if known is None:
            unknown.append(f"{path}:{at}: {_why(ecosystem, name, len(unknown) < _HINTED)}")
        else:
            found[known] = None
    if not found and not unknown:
        raise ImportFileError(f"{path}: names no model: put one id on each line")
    return Listed(tuple(found), tuple(unknown))


def _why(ecosystem: Ecosystem, name: str, hinted: bool) -> str:
    if hinted:
        try:
            number(ecosystem, name)
        except UnknownNameError as error:
            return str(error)
    return f'no model "{short(name)}"'
