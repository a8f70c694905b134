"""Importing a foreign file by the name of its importer: one file in this folder each.

An importer is a module with ``read(path)``, which gives back ``Parsed`` results or ``ParsedModels``.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import cast

from ..catalogue.record_models import Recorded, record_table
from ..errors import UnknownNameError
from ..results.append import ImportOutcome, append_import
from ..storage.store import Store
from ..usage.found import Use
from ..usage.kept import UsesRecorded, record_uses_of
from .parsed import Parsed, ParsedModels

IMPORTERS = {"peatmoss": "models, and who uses them", "timm": "results"}  # what each brings


@dataclass(frozen=True, slots=True)
class ModelsOutcome:
    """What became of a foreign file's models and of their uses."""

    models: Recorded
    uses: UsesRecorded
    rejected: int


def importers() -> tuple[str, ...]:
    """The names of all importers, sorted; nothing is imported to find them."""
    return tuple(sorted(IMPORTERS))


def read_file(importer: str, path: Path) -> Parsed | ParsedModels:
    """What the importer makes of ``path``. Raises UnknownNameError, ImportFileError."""
    known = importers()
    if importer not in known:
        near = difflib.get_close_matches(importer, known, n=1)
        hint = f'; did you mean "{near[0]}"?' if near else ""
        raise UnknownNameError(f'unknown importer "{importer}": there are {", ".join(known)}{hint}')
    module = import_module(f".{importer}", __package__)
    return cast(Parsed | ParsedModels, module.read(path))


def import_file(store: Store, importer: str, path: Path) -> ImportOutcome | ModelsOutcome:
    """How much of ``path`` was accepted, was new, and was rejected; all of it stored, or nothing.

    Importing a file again, or a part of it before the whole, adds each row once. Raises
    UnknownNameError for the importer and ImportFileError for a file that can't be imported at all.
    """
    parsed = read_file(importer, path)
    if isinstance(parsed, ParsedModels):
        return store_models(store, parsed)
    return store_parsed(store, importer, parsed)


def store_parsed(store: Store, importer: str, parsed: Parsed) -> ImportOutcome:
    """What ``import_file`` gives back, for results that were read already; their rows are dated now."""
    now = datetime.now(UTC).isoformat()
    return append_import(
        store,
        importer=importer,
        file=parsed.file,
        file_sha256=parsed.sha256,
        rows=[replace(row, recorded_at=now) for row in parsed.rows],
        environments=parsed.environments,
        rejects=parsed.rejects,
    )


def store_models(store: Store, parsed: ParsedModels) -> ModelsOutcome:
    """What ``import_file`` gives back, for models and uses that were read already.

    They are two events: the uses come second, and a second import adds them where the first was stopped.
    Raises RefusedError for a use that can't be kept, StoreBusyError.
    """
    by_repository: dict[str, list[Use]] = {}
    for use in parsed.uses:
        by_repository.setdefault(use.repository, []).append(use)
    models = record_table(store, parsed.models, parsed.file)
    uses = record_uses_of(store, by_repository, parsed.source, origin=parsed.file)
    return ModelsOutcome(models, uses, len(parsed.rejects))
