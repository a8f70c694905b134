"""``fitment delete-version``: take a version away; what it was stays in the history."""

from __future__ import annotations

import argparse
import sys

from ...registry.catalogue.versions import delete_version
from ...registry.errors import DONE
from ...registry.report.text import terminal
from ...registry.storage.store import Store
from .notices import pass_on
from .options import add_db_path, add_words, db_path, needed


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    add_words(parser, "model", "version")
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code. Raises RefusedError while an alias points to it, UnknownNameError."""
    model, version = needed(args, "model"), needed(args, "version")
    store = Store.open(db_path(args))
    done = delete_version(store, model, version)
    state = (
        "is gone, and its results are linked no more" if done.changed else "is gone already: nothing changed"
    )
    sys.stdout.write(terminal(f"version {done.tag} of {done.model} {state}") + "\n")
    pass_on(store)
    return DONE
