"""``fitment analytics``: show what the recorded models are like, taken together."""

from __future__ import annotations

import argparse

from ...registry.errors import DONE
from ...registry.storage.store import Store
from .notices import pass_on
from .options import add_db_path, db_path
from .output import add_output
from .pages import FORMATS, put_document


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    parser.add_argument("--licence", metavar="L", help="only models that declare it, such as apache-2.0")
    parser.add_argument("--organisation", metavar="O", help="only its models, such as Meta")
    parser.add_argument("--task", metavar="T", help="only models with that task or tag, such as chat")
    parser.add_argument("--format", choices=FORMATS, help="default: as the file's name ends, else table")
    add_output(parser)
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code. Raises NoResultsError where no model is left."""
    from ...registry.analytics.analytics import analytics
    from ...registry.analytics.selection import Selection
    from ...registry.report.analytics_page import analytics_document, to_json

    store = Store.open(db_path(args))
    with store.reading() as con:
        found = analytics(con, Selection(args.licence, args.organisation, args.task))
    put_document(lambda: analytics_document(found), lambda: to_json(found), args)
    pass_on(store)
    return DONE
