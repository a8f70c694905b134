"""Modules that a process imported from the other side's tree: it would be compared with itself."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from types import ModuleType


def modules_of(
    trees: Sequence[str], *, own: str, modules: Mapping[str, ModuleType] | None = None
) -> tuple[str, ...]:
    """The names of those whose file lies in one of ``trees``, sorted.

    Not if it lies in ``own``, which may lie in such a tree itself, or in this interpreter's own folders: a
    virtual environment often lies in the tree. All paths resolved.
    """
    spared = [os.path.realpath(each) for each in (own, sys.prefix, sys.base_prefix, sys.exec_prefix)]
    found = dict(sys.modules if modules is None else modules)
    return tuple(
        sorted(
            name
            for name, module in found.items()
            if (path := _file(module)) and _within(path, trees) and not _within(path, spared)
        )
    )


def _file(module: ModuleType) -> str | None:
    """Its file, without waking a lazy module; None where it has none."""
    path = getattr(module, "__dict__", {}).get("__file__")
    return os.path.realpath(path) if isinstance(path, str) else None


def _within(path: str, folders: Sequence[str]) -> bool:
    return any(path.startswith(folder.rstrip(os.sep) + os.sep) for folder in folders)
