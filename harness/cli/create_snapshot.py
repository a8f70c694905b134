"""``fitment create-snapshot``: keep what a version's results say now."""

from __future__ import annotations

import argparse
import sys

from ...registry.changes.snapshots import create_snapshot
from ...registry.errors import DONE
from ...registry.report.text import terminal
from ...registry.storage.store import Store
from .notices import pass_on
from .options import add_db_path, add_words, db_path, json_value, needed


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    add_words(parser, "model", "version")
    parser.add_argument("--metadata", type=json_value, metavar="JSON", help='such as \'{"release": "2.1"}\'')
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code. The same results again make no second snapshot; NoResultsError without results."""
    model, version = needed(args, "model"), needed(args, "version")
    store = Store.open(db_path(args))
    made = create_snapshot(store, model, version, args.metadata)
    what = f"snapshot {made.id} of version {made.tag} of {made.model}"
    results = f"{made.results:,} {'result' if made.results == 1 else 'results'}"
    entries = f"{made.rows:,} {'entry' if made.rows == 1 else 'entries'}"
    state = (
        "stands on the same results already: nothing changed"
        if made.repeated
        else f"keeps {results}, in {entries}: one for each hardware, scenario and input shape"
    )
    sys.stdout.write(terminal(f"{what}: {state}") + "\n")
    pass_on(store)
    return DONE
