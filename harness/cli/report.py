"""``fitment report``: show the matrix of hardware and models."""

from __future__ import annotations

import argparse
import sys

from ...registry.errors import DONE
from ...registry.report.matrix import result_matrix
from ...registry.report.matrix_table import matrix_table
from ...registry.report.screen import show
from ...registry.report.text import terminal
from ...registry.storage.store import Store
from .options import add_db_path, db_path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    parser.add_argument("model", nargs="?", metavar="MODEL", help="a name or a pattern, such as 'vit_*'")
    parser.add_argument("--all", action="store_true", help="every stored model, not only those measured here")
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code. Raises NoResultsError where nothing is stored, or no model is like the pattern."""
    store = Store.open(db_path(args))
    with store.reading() as con:
        matrix = result_matrix(con, pattern=args.model, everything=args.all)
    show(matrix_table(matrix))
    for notice in dict.fromkeys(store.notices):
        sys.stderr.write(f"note: {terminal(notice)}\n")
    return DONE
