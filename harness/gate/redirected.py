"""What Python runs at its start in a process of the gate, as ``sitecustomize``: one tree for another.

An editable install names the working tree: as a line of a ``.pth`` file, which is on ``sys.path`` by now, or
in the table of a finder (setuptools', hatch's, scikit-build's). Here both are pointed to the tree that the
process measures, in their places, so that nothing is imported earlier or later than it would have been.

The file is copied to where the process finds it, and imports nothing of fitment: that might not be there.
Both sides run it, the one with its own tree in both variables, so that they start equally fast.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Any

ORIGIN, TREE = "FITMENT_GATE_ORIGIN", "FITMENT_GATE_TREE"
INSTALLED = ("site-packages", "dist-packages")  # what lies in these is no code of the tree's


def redirect(origin: str, tree: str) -> None:
    """Points ``sys.path`` and the finders' tables from ``origin`` to ``tree``, both absolute."""
    sys.path[:] = [_moved(entry, origin, tree) for entry in sys.path]
    for table in _tables():
        for name, value in table.items():
            if isinstance(value, str):
                table[name] = _moved(value, origin, tree)
            elif type(value) in (list, tuple, set):
                table[name] = type(value)(_moved(each, origin, tree) for each in value)
    for module in list(sys.modules.values()):  # a namespace that a .pth file has made
        path = getattr(module, "__path__", None)
        if isinstance(path, list):
            path[:] = [_moved(entry, origin, tree) for entry in path]


def _moved(path: Any, origin: str, tree: str) -> Any:
    """``path`` in ``tree`` where it is in ``origin`` and not installed there; else as it is."""
    if not isinstance(path, str) or not (path == origin or path.startswith(origin + os.sep)):
        return path
    if any(part in INSTALLED for part in path.split(os.sep)) or path.startswith(sys.prefix + os.sep):
        return path
    return tree + path[len(origin) :]


def _tables() -> Iterator[dict[Any, Any]]:
    """The dictionaries of those finders that are not Python's own, and of their modules."""
    for finder in list(sys.meta_path):
        kind = finder if isinstance(finder, type) else type(finder)
        if kind.__module__.startswith(("_frozen_importlib", "importlib", "zipimport")):
            continue
        for holder in (finder, kind, sys.modules.get(kind.__module__)):
            yield from [each for each in getattr(holder, "__dict__", {}).values() if type(each) is dict]


def _next_sitecustomize(here: str) -> None:
    """Runs the one that this one stands in front of."""
    from importlib.machinery import PathFinder

    found = PathFinder.find_spec("sitecustomize", [entry for entry in sys.path if entry != here])
    if found is not None and found.loader is not None:
        found.loader.exec_module(sys.modules[__name__])


if __name__ == "sitecustomize":
    redirect(os.environ.get(ORIGIN, ""), os.environ.get(TREE, ""))
    _next_sitecustomize(os.path.dirname(os.path.abspath(__file__)))
