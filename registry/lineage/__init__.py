"""Which models were made from which. Importing it loads nothing until something of it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .ecosystem import Ecosystem
    from .kept.opened import open_lineage
    from .kinds import VIEWS, View
    from .questions.follow import Followed, ancestors, descendants
    from .questions.graph import to_networkx
    from .questions.origins import Roots, roots
    from .questions.part import Subgraph, subgraph
    from .questions.standing import Family, Standing, family, standings
    from .questions.way import Path, path

__all__ = [
    "VIEWS",
    "Ecosystem",
    "Family",
    "Followed",
    "Path",
    "Roots",
    "Standing",
    "Subgraph",
    "View",
    "ancestors",
    "descendants",
    "family",
    "open_lineage",
    "path",
    "roots",
    "standings",
    "subgraph",
    "to_networkx",
]

_FILES = {
    "ecosystem": ("Ecosystem",),
    "questions.follow": ("Followed", "ancestors", "descendants"),
    "questions.graph": ("to_networkx",),
    "kinds": ("VIEWS", "View"),
    "kept.opened": ("open_lineage",),
    "questions.origins": ("Roots", "roots"),
    "questions.part": ("Subgraph", "subgraph"),
    "questions.standing": ("Family", "Standing", "family", "standings"),
    "questions.way": ("Path", "path"),
}


def __getattr__(name: str) -> object:
    """One of the names above, loaded when it is first asked for."""
    for file, names in _FILES.items():
        if name in names:
            return getattr(import_module(f".{file}", __package__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
