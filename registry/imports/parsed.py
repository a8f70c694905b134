"""What an importer makes of a file, before anything is stored."""

from __future__ import annotations

from dataclasses import dataclass

from ..records import Environment, Measurement
from ..results.append import Reject


@dataclass(frozen=True, slots=True)
class Parsed:
    """The sound rows of a file, the environments they name, and what was wrong with the others."""

    file: str  # its upstream name: part of every row's identity
    sha256: str
    rows: tuple[Measurement, ...]
    environments: tuple[Environment, ...]
    rejects: tuple[Reject, ...]
    warnings: tuple[str, ...]  # one line each
