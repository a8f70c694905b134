"""``fitment checkpoint remove``: take a checkpoint out; `gc` then frees its space."""

from __future__ import annotations

import argparse

from ...registry.checkpoints.remove import remove_checkpoint
from ...registry.errors import DONE
from ...registry.storage.store import Store
from .checkpoint import add_names, say
from .notices import pass_on
from .options import add_db_path, db_path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    add_names(parser)
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code. Raises NoResultsError, UnknownNameError, StoreBusyError."""
    store = Store.open(db_path(args))
    gone = remove_checkpoint(store, args.model, args.version)
    say([f"{gone.model_id} {gone.version} is gone; its files stay until: fitment checkpoint gc"])
    pass_on(store)
    return DONE
