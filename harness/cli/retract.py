"""``fitment retract``: take results out of every score, with the reason."""

from __future__ import annotations

import argparse
import sys

from ...registry.errors import DONE
from ...registry.results.retract import retract
from ...registry.storage.apply_decisions import ids_in_words
from ...registry.storage.store import Store
from .notices import pass_on
from .options import add_db_path, db_path, result_ids


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    parser.add_argument("results", type=result_ids, metavar="RESULT", help='an id, or several: "12,13"')
    parser.add_argument("--reason", required=True, metavar="TEXT", help="kept with them")
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code. Raises RefusedError without a reason, or naming every id that there is not."""
    store = Store.open(db_path(args))
    done = retract(store, args.results, args.reason)
    if done.retracted:
        so = "it counts" if len(done.retracted) == 1 else "they count"
        sys.stdout.write(f"retracted: result {ids_in_words(done.retracted)}; {so} no more\n")
    if done.unchanged:
        sys.stdout.write(f"retracted before: result {ids_in_words(done.unchanged)}\n")
    pass_on(store)
    return DONE
