"""What the verbs of ``fitment lineage`` share: the lineage that a store holds, and the edges to go along."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ...registry.lineage.kinds import VIEWS, View
from .notices import tell
from .options import add_db_path, db_path
from .output import add_output, written

if TYPE_CHECKING:
    from ...registry.lineage.ecosystem import Ecosystem


def opened(args: argparse.Namespace) -> Ecosystem:
    """The newest lineage of the store that the arguments, else the environment, name.

    Raises NoResultsError where there is none.
    """
    from ...registry.lineage.kept.opened import open_lineage

    found = open_lineage(db_path(args))
    tell(found.notices)
    return found


def add_view(parser: argparse.ArgumentParser, default: str = "all") -> None:
    """Adds ``--view NAME``."""
    meanings = "; ".join(f"{view.name}: {view.meaning}" for view in VIEWS.values())
    parser.add_argument(
        "--view",
        choices=tuple(VIEWS),
        default=default,
        metavar="NAME",
        help=f"which edges count ({default}). {meanings}",
    )


def view(args: argparse.Namespace) -> View:
    """The edges that the arguments say to go along."""
    return VIEWS[args.view]


def add_answer(parser: argparse.ArgumentParser, forms: tuple[str, ...]) -> None:
    """Adds ``--format``, of which the first is the default, ``--output`` and ``--db-path``."""
    parser.add_argument("--format", choices=forms, default=forms[0])
    add_output(parser)
    add_db_path(parser)


def put_lines(lines: Iterable[str], args: argparse.Namespace) -> None:
    """Writes each line, as it is made, where the arguments say. Raises OutputError."""
    if args.output is None:
        sys.stdout.writelines(lines)
        return
    with written(args.output, overwrite=args.overwrite) as stream:
        stream.writelines(line.encode("utf-8", "backslashreplace") for line in lines)
