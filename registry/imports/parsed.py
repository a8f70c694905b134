"""What an importer makes of a file, before anything is stored: results, or models with their uses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..records import Environment, Measurement
from ..results.append import Reject
from ..usage.found import Use

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Parsed:
    """The sound rows of a file, the environments they name, and what was wrong with the others."""

    file: str  # its upstream name: part of every row's identity
    sha256: str
    rows: tuple[Measurement, ...]
    environments: tuple[Environment, ...]
    rejects: tuple[Reject, ...]
    warnings: tuple[str, ...]  # one line each


@dataclass(frozen=True, slots=True)
class ParsedModels:
    """The models of a file and who uses them, and what was wrong with the others."""

    file: str
    source: str  # of its uses: "peatmoss"
    models: pa.Table  # in the columns of ``model_columns.models``
    uses: tuple[Use, ...]  # those of a repository stand together
    rejects: tuple[Reject, ...]  # each by the id of its row
    warnings: tuple[str, ...]  # one line each
