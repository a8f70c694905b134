"""``fitment checkpoint list``: which checkpoints are kept."""

from __future__ import annotations

import argparse

from ...registry.checkpoints.kept import ListedCheckpoint, list_checkpoints
from ...registry.errors import DONE
from ...registry.report.checkpoint_tables import CHECKPOINTS
from ...registry.report.listing import FORMATS, listed
from ...registry.storage.store import Store
from .notices import pass_on
from .options import add_db_path, db_path
from .output import add_output, put


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    parser.add_argument("model", metavar="MODEL", nargs="?", help="as it was added (default: all)")
    parser.add_argument("--format", choices=FORMATS, default="table")
    add_output(parser)
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code; none yet is no mistake. Raises NoResultsError, UnknownNameError."""
    store = Store.open(db_path(args))
    with store.reading() as con:
        found = list_checkpoints(con, args.model)
    if found or args.format != "table":
        put(listed(found, args.format, CHECKPOINTS, ListedCheckpoint), args)
    else:
        put("no checkpoints yet: fitment checkpoint add PATH --model MODEL --version VERSION\n", args)
    pass_on(store)
    return DONE
