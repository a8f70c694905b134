"""``fitment checkpoint gc``: remove the blobs that no checkpoint names."""

from __future__ import annotations

import argparse

from ...registry.checkpoints.collect import Collected, collect
from ...registry.errors import DONE
from ...registry.report.checkpoint_tables import collected_line
from ...registry.report.listing import listed
from ...registry.storage.store import Store
from .checkpoint import STORE, say
from .notices import pass_on
from .options import add_db_path, db_path
from .output import add_output, put


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    parser.add_argument("--dry-run", action="store_true", help="only say what would be removed")
    parser.add_argument("--store", metavar="URL", help=f"beside those that checkpoints name: {STORE}")
    parser.add_argument("--format", choices=("table", "json"), default="table")
    add_output(parser)
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code. Raises RefusedError, StoreBusyError."""
    store = Store.open(db_path(args))
    found = collect(store, args.store, dry_run=args.dry_run)
    if args.format == "json":
        put(listed(found, "json", {}, Collected), args)
    else:
        say(collected_line(each, dry_run=args.dry_run) for each in found)
    pass_on(store)
    return DONE
