"""``fitment lineage report``: all analyses of the lineage as one page."""

from __future__ import annotations

import argparse

from ...registry.errors import DONE
from .lineage import opened
from .options import add_db_path
from .output import add_output
from .pages import FORMATS, put_document

DEFINITION = (
    "Growth, what is most frequent and most used, families, fertility, mutation rates, drift and order of"
    " traits, cards, and popularity against reuse, each as its own verb defines it, on one page that loads"
    " nothing; behind every chart stands a table that says the same."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    parser.epilog = DEFINITION
    parser.add_argument("--format", choices=FORMATS, help="default: as the file's name ends, else table")
    add_output(parser)
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code. Raises NoResultsError."""
    from ...registry.lineage.analyses.overview import overview
    from ...registry.report.lineage.page import lineage_document, to_json

    found = overview(opened(args))
    put_document(lambda: lineage_document(found), lambda: to_json(found), args)
    return DONE
