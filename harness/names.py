"""Which devices, precisions, scenarios … there are: one file each, and the file's name is what a user types.

Nothing of the folder is imported until a name is chosen, so this costs neither torch nor time.
"""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

from ..registry.errors import UnknownNameError

NOUNS = {
    "compilers": "compile mode",
    "devices": "device kind",
    "executors": "executor",
    "meters": "meter",
    "models": "model source",
    "precisions": "precision",
    "scenarios": "scenario",
}
LONGEST_SHOWN = 80


def available(folder: str) -> tuple[str, ...]:
    """The sorted names in ``harness/<folder>``: its files and packages, less those in its ``HELPERS``."""
    package = importlib.import_module(f"{__package__}.{folder}")
    helpers = getattr(package, "HELPERS", frozenset[str]())
    found = {entry.name for entry in pkgutil.iter_modules([str(Path(__file__).parent / folder)])}
    return tuple(sorted(found - helpers))


def load(folder: str, name: str) -> ModuleType:
    """The module behind ``name``. Raises UnknownNameError that names the nearest one."""
    known = available(folder)
    if name not in known:
        raise unknown(NOUNS.get(folder, folder), name, known)
    return importlib.import_module(f"{__package__}.{folder}.{name}")


def unknown(noun: str, name: str, known: Iterable[str], way_out: str = "") -> UnknownNameError:
    """The error for a ``name`` that is none of ``known``: the nearest one, then all of them."""
    names = list(known)
    nearest = difflib.get_close_matches(name[:LONGEST_SHOWN], names, n=1)
    hint = f'did you mean "{nearest[0]}"? ' if nearest else ""
    listed = ", ".join(names) or "none"
    return UnknownNameError(f'unknown {noun} "{_shown(name)}": {hint}there are {listed}{way_out}')


def _shown(name: str) -> str:
    """The name on one short line: whatever can't be printed is escaped."""
    line = name if name.isprintable() else ascii(name)[1:-1]
    return line if len(line) <= LONGEST_SHOWN else f"{line[: LONGEST_SHOWN - 1]}…"
