"""What the verbs of ``fitment lineage`` share: the lineage that a store holds, and the edges to go along."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from ...registry.lineage.kinds import VIEWS, View
from .options import db_path

if TYPE_CHECKING:
    from ...registry.lineage.ecosystem import Ecosystem


def opened(args: argparse.Namespace) -> Ecosystem:
    """The newest lineage of the store that the arguments, else the environment, name.

    Raises NoResultsError where there is none.
    """
    from ...registry.lineage.opened import open_lineage

    return open_lineage(db_path(args))


def add_view(parser: argparse.ArgumentParser) -> None:
    """Adds ``--view NAME``."""
    meanings = "; ".join(f"{view.name}: {view.meaning}" for view in VIEWS.values())
    parser.add_argument(
        "--view", choices=tuple(VIEWS), default="all", metavar="NAME", help=f"which edges count. {meanings}"
    )


def view(args: argparse.Namespace) -> View:
    """The edges that the arguments say to go along."""
    return VIEWS[args.view]
