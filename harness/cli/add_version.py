"""``fitment add-version``: give a model a version."""

from __future__ import annotations

import argparse
import sys

from ...registry.catalogue.versions import add_version
from ...registry.errors import DONE
from ...registry.report.text import terminal
from ...registry.storage.store import Store
from .notices import pass_on
from .options import add_db_path, add_words, db_path, json_value, needed


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    add_words(parser, "model", "version")
    parser.add_argument("--hash", metavar="HASH", help="of the weights or the commit")
    parser.add_argument("--metadata", type=json_value, metavar="JSON", help='such as \'{"commit": "1f3a"}\'')
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code. The same version again changes nothing; RefusedError where it was said otherwise."""
    model, version = needed(args, "model"), needed(args, "version")
    store = Store.open(db_path(args))
    done = add_version(store, model, version, args.hash, args.metadata)
    state = f"has id {done.version_id}" if done.changed else "is there already: nothing changed"
    sys.stdout.write(terminal(f"version {done.tag} of {done.model} {state}") + "\n")
    pass_on(store)
    return DONE
