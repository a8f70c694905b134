"""``fitment version-history``: show the versions of a model."""

from __future__ import annotations

import argparse

from ...registry.catalogue.version_history import VersionRecord, version_history, without_versions
from ...registry.errors import DONE
from ...registry.report.catalogue_tables import VERSIONS
from ...registry.report.listing import FORMATS, listed
from ...registry.report.text import terminal
from ...registry.storage.store import Store
from .notices import pass_on
from .options import add_db_path, add_words, db_path, needed
from .output import add_output, put


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    add_words(parser, "model")
    parser.add_argument("--format", choices=FORMATS, default="table")
    add_output(parser)
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code; a model without versions is no mistake. Raises NoResultsError for an unknown model."""
    model = needed(args, "model")
    store = Store.open(db_path(args))
    found = version_history(store, model)
    if found or args.format != "table":
        put(listed(found, args.format, VERSIONS, VersionRecord), args)
    else:
        put(terminal(without_versions(store, model)) + "\n", args)
    pass_on(store)
    return DONE
