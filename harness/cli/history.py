"""``fitment history``: who changed what, when, from what, to what."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from ...registry.catalogue.history import Change, history
from ...registry.errors import DONE
from ...registry.report.catalogue_tables import CHANGES
from ...registry.report.listing import FORMATS, listed
from ...registry.storage.store import Store
from .notices import pass_on
from .options import add_db_path, add_words, db_path, given, positive
from .output import add_output, put


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    add_words(parser, "model")
    parser.add_argument("--since", type=_utc, metavar="TIME", help="such as 2026-01-31, or with a time; UTC")
    parser.add_argument("--limit", type=positive, metavar="N", help="the newest N (default: all)")
    parser.add_argument("--format", choices=FORMATS, default="table")
    add_output(parser)
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code; that nothing was changed yet is no mistake. Raises NoResultsError."""
    model = given(args, "model")
    store = Store.open(db_path(args))
    found = history(store, model, args.since, args.limit)
    if found or args.format != "table":
        put(listed(found, args.format, CHANGES, Change), args)
    else:
        put(
            "no such changes: only versions, aliases, links, names, retractions and records have a history\n",
            args,
        )
    pass_on(store)
    return DONE


def _utc(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
        return moment if moment.tzinfo is None else moment.astimezone(UTC).replace(tzinfo=None)
    except (ValueError, OverflowError):
        raise argparse.ArgumentTypeError(f"a time such as 2026-01-31 is needed, not {text[:40]!r}") from None
