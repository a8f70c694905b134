"""``fitment model import``: take in a file of models."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ...registry.errors import DONE
from ...registry.imports.models_file import read_models, store_models, unknown_fields
from ...registry.report.text import terminal
from ...registry.storage.store import Store
from .notices import pass_on
from .options import add_db_path, db_path

MOST_SAID = 50  # rejected records of one file


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    parser.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        type=Path,
        help="a list in JSON, JSON lines, *.csv or *.parquet, such as configs/models/seed_models.json",
    )
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code. A file is stored as a whole or not at all; rejected records are named by line."""
    store: Store | None = None  # made once a file is found sound
    for path in args.files:
        read = read_models(path)
        store = store or Store.open(db_path(args), create=True)
        done = store_models(store, read)
        _say(
            f"{read.file}: {read.table.num_rows:,} accepted: {done.added:,} added, {done.changed:,} changed,"
            f" {done.unchanged:,} as before; {len(read.rejects):,} rejected"
        )
        if note := unknown_fields(read):
            _say(f"  note: {note}")
        for reject in read.rejects[:MOST_SAID]:
            _say(f"  {read.file}:{reject.line}: rejected: {reject.reason}")
        if len(read.rejects) > MOST_SAID:
            _say(f"  and {len(read.rejects) - MOST_SAID:,} more rejected")
    if store is not None:
        pass_on(store)
    return DONE


def _say(text: str) -> None:
    sys.stdout.write(terminal(text) + "\n")
