"""``fitment rename-model``: give a model another name, with all its results."""

from __future__ import annotations

import argparse
import sys

from ...registry.catalogue.naming import rename_model
from ...registry.errors import DONE
from ...registry.report.text import terminal
from ...registry.storage.store import Store
from .notices import pass_on
from .options import add_db_path, add_words, db_path, needed


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    add_words(parser, "model", "to")
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code. Raises RefusedError where another model has or had the new name."""
    model, new = needed(args, "model"), needed(args, "to")
    store = Store.open(db_path(args))
    done = rename_model(store, model, new)
    if done.changed:
        line = f"{done.old} is called {done.new} now; what is measured as {done.old} will belong to it"
    else:
        line = f"it is called {done.new} already: nothing changed"
    sys.stdout.write(terminal(line) + "\n")
    pass_on(store)
    return DONE
