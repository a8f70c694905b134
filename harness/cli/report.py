"""``fitment report``: show the matrix of hardware and models, or the latencies of one model."""

from __future__ import annotations

import argparse
import sys

from rich.console import RenderableType

from ...registry.errors import DONE, FitmentError
from ...registry.report.latency_table import latency_table
from ...registry.report.matrix import result_matrix
from ...registry.report.matrix_table import matrix_table
from ...registry.report.screen import show
from ...registry.report.text import terminal
from ...registry.results.latencies import latencies
from ...registry.storage.store import Store
from .options import add_db_path, db_path


class ReportArgumentError(FitmentError):
    """Arguments that don't go together."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    parser.add_argument("model", nargs="?", metavar="MODEL", help="a name or a pattern, such as 'vit_*'")
    parser.add_argument("--all", action="store_true", help="every stored model, not only those measured here")
    parser.add_argument(
        "--latency", action="store_true", help="p50, p95 and p99 of MODEL, and when compiling pays"
    )
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code. Raises NoResultsError where nothing is stored, or no model is like the pattern."""
    if args.latency and (args.all or not args.model):
        raise ReportArgumentError("--latency is of one model: fitment report MODEL --latency")
    store = Store.open(db_path(args))
    with store.reading() as con:
        if args.latency:
            table: RenderableType = latency_table(latencies(con, args.model))
        else:
            table = matrix_table(result_matrix(con, pattern=args.model, everything=args.all))
    show(table)
    for notice in dict.fromkeys(store.notices):
        sys.stderr.write(f"note: {terminal(notice)}\n")
    return DONE
