"""``fitment import``: take in results, or models and their uses, that others published."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from ...registry.errors import DONE
from ...registry.imports.parsed import Parsed, ParsedModels
from ...registry.imports.run import ModelsOutcome, importers, read_file, store_models, store_parsed
from ...registry.report.text import terminal
from ...registry.results.append import ImportOutcome
from ...registry.storage.store import Store
from .options import add_db_path, db_path

MOST_REJECTS = 20  # models that are named each


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    formats = ", ".join(importers())
    parser.add_argument("format", type=_format, metavar="FORMAT", help=f"what the files are: {formats}")
    parser.add_argument("files", nargs="+", metavar="FILE", type=Path)
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code. A file is stored as a whole or not at all; rejected rows are named by file and line."""
    store: Store | None = None  # made once a file is found sound
    outcomes: list[ImportOutcome] = []
    for path in args.files:
        parsed = read_file(args.format, path)
        store = store or Store.open(db_path(args), create=True)
        if isinstance(parsed, ParsedModels):
            _say_models(parsed, store_models(store, parsed))
        else:
            outcome = store_parsed(store, args.format, parsed)
            outcomes.append(outcome)
            _say(f"{parsed.file}: {_counts([outcome])}")
        _say_doubts(parsed)
    if len(outcomes) > 1:
        _say(f"{len(outcomes)} files: {_counts(outcomes)}")
    for notice in dict.fromkeys(store.notices if store else ()):
        _say(f"note: {notice}")
    return DONE


def _say_models(parsed: ParsedModels, outcome: ModelsOutcome) -> None:
    models, uses = outcome.models, outcome.uses
    counts = f"{models.added:,} added, {models.changed:,} changed, {models.unchanged:,} as they were"
    _say(f"{parsed.file}: {parsed.models.num_rows:,} models: {counts}; {outcome.rejected:,} rejected")
    _say(f"  {uses.uses:,} uses of them; those of {uses.repositories:,} repositories are new or changed")


def _say_doubts(parsed: Parsed | ParsedModels) -> None:
    """The notes, and the rejected rows; of very many the first."""
    for warning in parsed.warnings:
        _say(f"  note: {warning}")
    shown = parsed.rejects if isinstance(parsed, Parsed) else parsed.rejects[:MOST_REJECTS]
    for reject in shown:
        _say(f"  {parsed.file}:{reject.line}: rejected: {reject.reason}")
    if len(shown) < len(parsed.rejects):
        _say(f"  and {len(parsed.rejects) - len(shown):,} more rejected")


def _format(text: str) -> str:
    """The name of a format, for argparse; whether there is such a one is for the importer to say."""
    if Path(text).suffix:
        known = ", ".join(importers())
        raise argparse.ArgumentTypeError(f"{text[:200]} is a file: say first what the files are ({known})")
    return text


def _counts(outcomes: Sequence[ImportOutcome]) -> str:
    accepted, rejected = sum(each.accepted for each in outcomes), sum(each.rejected for each in outcomes)
    known = [each.added for each in outcomes if each.added is not None]
    later = len(known) < len(outcomes)
    new = "to be added once the database is free" if later else f"{sum(known):,} added"
    return f"{accepted:,} accepted, {new}, {rejected:,} rejected"


def _say(text: str) -> None:
    sys.stdout.write(terminal(text) + "\n")
