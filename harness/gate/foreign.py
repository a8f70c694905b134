"""Modules that a process imported from outside its own tree: one side would be compared with itself."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType

_NOBODYS = frozenset({"__main__", "sitecustomize"})  # what Python or the gate itself starts


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


def copies_of(own: str, *, modules: Mapping[str, ModuleType] | None = None) -> tuple[str, ...]:
    """The names of the packages that the tree ``own`` holds and that came from elsewhere, sorted.

    Those of an installed copy, as ``pip install .`` makes it: both sides would run that one. A tree holds
    what lies at its root or in its ``src``.
    """
    found = dict(sys.modules if modules is None else modules)
    tree, others = os.path.realpath(own), sys.stdlib_module_names | _NOBODYS
    names = [name for name in found if "." not in name and name not in others and _holds(tree, name)]
    return tuple(sorted(name for name in names if (path := _file(found[name])) and not _within(path, [tree])))


def _holds(tree: str, name: str) -> bool:
    places = [Path(tree, folder, name) for folder in ("", "src")]
    return any((place / "__init__.py").is_file() or place.with_suffix(".py").is_file() for place in places)


def _file(module: ModuleType) -> str | None:
    """Its file, without waking a lazy module; None where it has none."""
    path = getattr(module, "__dict__", {}).get("__file__")
    return os.path.realpath(path) if isinstance(path, str) else None


def _within(path: str, folders: Sequence[str]) -> bool:
    return any(path.startswith(folder.rstrip(os.sep) + os.sep) for folder in folders)
