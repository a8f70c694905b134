"""Importing a foreign result file by the name of its importer: one file in this folder each."""

from __future__ import annotations

import difflib
import pkgutil
from dataclasses import replace
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import cast

from ..errors import UnknownNameError
from ..results.append import ImportOutcome, append_import
from ..storage.store import Store
from .parsed import Parsed

_HELPERS = frozenset({"run", "parsed", "source", "numerals", "timm_name"})


def importers() -> tuple[str, ...]:
    """The names of all importers, sorted; nothing is imported to find them."""
    modules = pkgutil.iter_modules([str(Path(__file__).parent)])
    return tuple(sorted(module.name for module in modules if module.name not in _HELPERS))


def read_file(importer: str, path: Path) -> Parsed:
    """What the importer makes of ``path``. Raises UnknownNameError, ImportFileError."""
    known = importers()
    if importer not in known:
        near = difflib.get_close_matches(importer, known, n=1)
        hint = f'; did you mean "{near[0]}"?' if near else ""
        raise UnknownNameError(f'unknown importer "{importer}": there are {", ".join(known)}{hint}')
    module = import_module(f".{importer}", __package__)
    return cast(Parsed, module.read(path))


def import_file(store: Store, importer: str, path: Path) -> ImportOutcome:
    """How many rows of ``path`` were accepted, were new, and were rejected; all of it stored, or nothing.

    Importing a file again, or a part of it before the whole, adds each row once. Raises
    UnknownNameError for the importer and ImportFileError for a file that can't be imported at all.
    """
    return store_parsed(store, importer, read_file(importer, path))


def store_parsed(store: Store, importer: str, parsed: Parsed) -> ImportOutcome:
    """What ``import_file`` gives back, for a file that was read already; its rows are dated now."""
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
