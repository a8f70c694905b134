"""``fitment model compare``: recorded models side by side."""

from __future__ import annotations

import argparse

from ...registry.catalogue.model_record import ModelRecord
from ...registry.catalogue.model_records import find_record
from ...registry.errors import DONE
from ...registry.licences.check import DISCLAIMER
from ...registry.report.listing import FORMATS, listed, shown
from ...registry.report.model_text import compared_models
from ...registry.storage.store import Store
from .notices import pass_on
from .options import WordsError, add_db_path, db_path
from .output import add_output, put

MOST = 8  # side by side


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    parser.add_argument("models", metavar="ID", nargs="+", help="two or more; ID@VERSION for a version")
    parser.add_argument("--format", choices=FORMATS, default="table")
    add_output(parser)
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code. Raises UnknownNameError, NoResultsError, WordsError."""
    if not 2 <= len(args.models) <= MOST:
        raise WordsError(f"two to {MOST} models can be compared, not {len(args.models)}")
    store = Store.open(db_path(args))
    with store.reading() as con:
        records = [find_record(con, *_parted(word)) for word in args.models]
    if args.format == "table":
        put(f"{shown(compared_models(records))}\n{DISCLAIMER}\n", args)
    else:
        put(listed(records, args.format, {}, ModelRecord), args)
    pass_on(store)
    return DONE


def _parted(word: str) -> tuple[str, str | None]:
    model, sign, version = word.rpartition("@")
    return (model, version) if sign and model else (word, None)
