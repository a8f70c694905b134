"""``fitment usage of``: who uses a model, from the scans and imports that were kept."""

from __future__ import annotations

import argparse

from ...registry.errors import DONE, UnknownNameError
from ...registry.report.text import terminal
from .notices import pass_on
from .options import add_db_path, db_path
from .output import add_output, put

FORMATS = ("table", "json", "csv")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    parser.add_argument("model", metavar="MODEL", help="its id, such as google/gemma-2b")
    parser.add_argument("--format", choices=FORMATS, default="table")
    add_output(parser)
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code; that nobody uses it is an answer. Raises NoResultsError where there is no store."""
    from ...registry.catalogue.model_records import model_id_of
    from ...registry.report.usage_tables import users_text
    from ...registry.storage.store import Store
    from ...registry.usage.kept import uses_of

    store = Store.open(db_path(args))
    with store.reading() as connection:
        uses = uses_of(connection, args.model)
        if not uses:
            try:
                uses = uses_of(connection, model_id_of(connection, args.model))
            except UnknownNameError:
                uses = ()
    if uses or args.format != "table":
        put(users_text(uses, args.format), args)
    else:
        nobody = f"no kept use of {args.model}: fitment usage scan REPO --keep looks for some"
        put(terminal(nobody) + "\n", args)
    pass_on(store)
    return DONE
