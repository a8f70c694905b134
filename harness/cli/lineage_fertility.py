"""``fitment lineage fertility``: which share of the children has children, by kind."""

from __future__ import annotations

import argparse

from ...registry.errors import DONE
from ...registry.report.listing import FORMATS
from .lineage import add_answer, add_view, opened, view
from .output import put

DEFINITION = (
    "A model is a child of a kind where at least one edge labelled so leads to it, and counts once however"
    " many do; it has children where at least one edge of any label leads from it. The share is models"
    " divided by models. An edge from a model to itself counts for neither. The interval is Wilson's, which"
    " takes each child for itself and so is rather too narrow."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    parser.epilog = DEFINITION
    add_view(parser)
    add_answer(parser, FORMATS)


def run(args: argparse.Namespace) -> int:
    """The exit code. Raises NoResultsError."""
    from ...registry.lineage.analyses.fertility import fertility
    from ...registry.report.lineage.families import fertility_text

    put(fertility_text(fertility(opened(args), view(args)), args.format), args)
    return DONE
