"""What the verbs of ``fitment lineage`` share: the lineage that a store holds, whom is asked for, along which edges."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ...registry.errors import DONE, USER_MISTAKE
from ...registry.inert import terminal
from ...registry.lineage.kinds import VIEWS, View
from .options import WordsError, add_db_path, db_path, positive
from .output import add_output, written

if TYPE_CHECKING:
    from ...registry.lineage.ecosystem import Ecosystem

GRAPHS = ("json", "csv", "dot", "graphml")


@dataclass(frozen=True, slots=True)
class Asked:
    """The models that the arguments name, and the exit code: 2 where some of them are unknown."""

    models: tuple[int, ...]
    code: int


def opened(args: argparse.Namespace) -> Ecosystem:
    """The newest lineage of the store that the arguments, else the environment, name.

    Raises NoResultsError where there is none.
    """
    from ...registry.lineage.opened import open_lineage

    return open_lineage(db_path(args))


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


def add_models(parser: argparse.ArgumentParser) -> None:
    """Adds ``[MODEL]`` and ``--models FILE``."""
    parser.add_argument("model", metavar="MODEL", nargs="?", help="its id, such as google/gemma-2b")
    parser.add_argument(
        "--models", metavar="FILE", type=Path, help="ask for each model of a file instead, an id a line"
    )


def add_answer(parser: argparse.ArgumentParser, forms: tuple[str, ...]) -> None:
    """Adds ``--format``, ``--output`` and ``--db-path``; the first of ``forms`` is the default."""
    parser.add_argument("--format", choices=forms, default=forms[0])
    add_output(parser)
    add_db_path(parser)


def add_limit(parser: argparse.ArgumentParser) -> None:
    """Adds ``--limit N``."""
    parser.add_argument(
        "--limit", type=positive, metavar="N", help="the first N of each model (a table: 50; files: all)"
    )


def add_hops(parser: argparse.ArgumentParser) -> None:
    """Adds ``--hops N``."""
    parser.add_argument("--hops", type=positive, metavar="N", help="at most N edges away")


def asked(args: argparse.Namespace, ecosystem: Ecosystem) -> Asked:
    """The models that are asked for; what is wrong with lines of a file goes to standard error.

    Raises WordsError, UnknownNameError, ModelFileError.
    """
    if (args.model is None) == (args.models is None):
        told = "MODEL is missing" if args.model is None else "MODEL and --models exclude each other"
        raise WordsError(f"{told}: name one model, or a file of them with --models FILE")
    if args.models is None:
        from ...registry.lineage.asked import number

        return Asked((number(ecosystem, args.model),), DONE)
    from ...registry.lineage.model_file import listed

    found = listed(ecosystem, args.models)
    for line in found.unknown:
        sys.stderr.write(f"fitment: {terminal(line)}\n")
    return Asked(found.models, USER_MISTAKE if found.unknown else DONE)


def put_lines(lines: Iterable[str], args: argparse.Namespace) -> None:
    """Writes each where the arguments say as it is made. Raises OutputError."""
    if args.output is None:
        sys.stdout.writelines(lines)
        return
    with written(args.output, overwrite=args.overwrite) as stream:
        stream.writelines(line.encode("utf-8", "backslashreplace") for line in lines)
