"""``fitment lineage path``: how two models are related."""

from __future__ import annotations

import argparse

from ...registry.errors import DONE
from .lineage import add_answer, add_view, opened, put_lines, view
from .lineage_question import GRAPHS


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    parser.description = (
        "Shows the shortest way from one model down to the other, whichever of them is the ancestor, with"
        " what changed at each step. Where there is none, whom both descend from is named, the nearest first."
    )
    parser.add_argument("first", metavar="A", help="a model's id")
    parser.add_argument("second", metavar="B", help="another's")
    add_view(parser)
    add_answer(parser, ("table", *GRAPHS))


def run(args: argparse.Namespace) -> int:
    """The exit code; that there is no way is an answer. Raises NoResultsError, UnknownNameError."""
    from ...registry.lineage.questions.way import path
    from ...registry.report.lineage.way import way_lines

    ecosystem = opened(args)
    found = path(ecosystem, args.first, args.second, view=view(args))
    put_lines(way_lines(ecosystem, found, view(args), args.format), args)
    return DONE
