"""``fitment checkpoint fetch``: write a checkpoint's files to a new folder, checked on the way."""

from __future__ import annotations

import argparse
from pathlib import Path

from ...registry.checkpoints.fetch import fetch_checkpoint
from ...registry.errors import DONE
from ...registry.report.checkpoint_tables import size
from ...registry.storage.store import Store
from .checkpoint import add_names, say
from .notices import pass_on
from .options import add_db_path, db_path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    add_names(parser, version="the one that was added last")
    parser.add_argument(
        "--output", metavar="DIR", type=Path, required=True, help="a folder that is not there yet, or empty"
    )
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code. Raises CheckpointDamagedError, RefusedError, NoResultsError, UnknownNameError."""
    store = Store.open(db_path(args))
    done = fetch_checkpoint(store, args.model, args.version, args.output)
    files = f"{done.files:,} file{'s'[: done.files != 1]}, {size(done.size_bytes)}"
    say([f"{done.model_id} {done.version}: {files} in {done.folder}, each as it was added"])
    pass_on(store)
    return DONE
