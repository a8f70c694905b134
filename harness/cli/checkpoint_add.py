"""``fitment checkpoint add``: keep a model's files by content, with what their headers say."""

from __future__ import annotations

import argparse
from pathlib import Path

from ...registry.checkpoints.add import add_checkpoint
from ...registry.checkpoints.blobs import default_url
from ...registry.checkpoints.disagreements import disagreements
from ...registry.errors import DONE, RefusedError
from ...registry.report.checkpoint_tables import added_lines
from ...registry.storage.store import Store
from .checkpoint import STORE, say
from .notices import pass_on
from .options import add_db_path, db_path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    parser.add_argument("path", metavar="PATH", type=Path, help="a file, or a folder with all below it")
    parser.add_argument(
        "--model", required=True, help="whose files they are, such as mistralai/Mistral-7B-v0.1"
    )
    parser.add_argument("--version", required=True, help="of the model, such as v1 or a commit")
    parser.add_argument("--store", metavar="URL", help=STORE)
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code. Raises RefusedError, CheckpointDamagedError, StoreFullError, StoreBusyError."""
    url = default_url(args.store)
    if url.startswith("memory:"):
        raise RefusedError(f"{url} is gone when this command ends: name a folder, or a URL that stays")
    store = Store.open(db_path(args), create=True)
    added = add_checkpoint(store, args.path, args.model, args.version, url)
    say(added_lines(added))
    with store.reading() as con:
        say(f"finding: {each}" for each in disagreements(con, added.model_id, added.version, added.facts))
    pass_on(store)
    return DONE
