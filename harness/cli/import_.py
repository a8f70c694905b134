"""``fitment import``: take in results that others published."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ...registry.errors import DONE
from ...registry.imports.run import importers, read_file, store_parsed
from ...registry.report.text import terminal
from ...registry.storage.store import Store
from .options import add_db_path, db_path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    formats = ", ".join(importers())
    parser.add_argument("format", type=_format, metavar="FORMAT", help=f"what the files are: {formats}")
    parser.add_argument("files", nargs="+", metavar="FILE", type=Path)
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code. A file is stored as a whole or not at all; rejected rows are named by file and line."""
    store: Store | None = None  # made once a file is found sound
    accepted = rejected = 0
    added: int | None = 0
    for path in args.files:
        parsed = read_file(args.format, path)
        store = store or Store.open(db_path(args), create=True)
        outcome = store_parsed(store, args.format, parsed)
        accepted, rejected = accepted + outcome.accepted, rejected + outcome.rejected
        added = None if added is None or outcome.added is None else added + outcome.added
        _say(f"{parsed.file}: {_counts(outcome.accepted, outcome.added, outcome.rejected)}")
        for warning in parsed.warnings:
            _say(f"  note: {warning}")
        for reject in parsed.rejects:
            _say(f"  {parsed.file}:{reject.line}: rejected: {reject.reason}")
    if len(args.files) > 1:
        _say(f"{len(args.files)} files: {_counts(accepted, added, rejected)}")
    for notice in dict.fromkeys(store.notices if store else ()):
        _say(f"note: {notice}")
    return DONE


def _format(text: str) -> str:
    """The name of a format, for argparse; whether there is such a one is for the importer to say."""
    if Path(text).suffix:
        known = ", ".join(importers())
        raise argparse.ArgumentTypeError(f"{text[:200]} is a file: say first what the files are ({known})")
    return text


def _counts(accepted: int, added: int | None, rejected: int) -> str:
    new = "to be added once the database is free" if added is None else f"{added:,} added"
    return f"{accepted:,} accepted, {new}, {rejected:,} rejected"


def _say(text: str) -> None:
    sys.stdout.write(terminal(text) + "\n")
