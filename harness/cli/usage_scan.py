"""``fitment usage scan``: which models a repository uses, and whether its licence goes with theirs."""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from ...registry.errors import DONE, NoResultsError, UnknownNameError
from ...registry.report.text import terminal
from .licence import add_facts, context_of, outbound_of
from .notices import pass_on
from .options import add_db_path, db_path
from .output import add_output, put

if TYPE_CHECKING:
    from ...registry.catalogue.model_record import ModelRecord
    from ...registry.storage.store import Store
    from ...registry.usage.licence_check import LicenceCheck
    from ...registry.usage.scan import Scanned

FORMATS = ("table", "json", "csv")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    parser.add_argument("repository", metavar="REPO", type=Path, help="its folder, such as .")
    parser.add_argument("--name", help="what to call the repository (default: REPO as it is said)")
    parser.add_argument("--keep", action="store_true", help="store the uses, for `fitment usage of MODEL`")
    parser.add_argument(
        "--outbound", metavar="LICENCE", help="the repository's licence (default: what its files say)"
    )
    add_facts(parser)
    parser.add_argument("--format", choices=FORMATS, default="table", help="csv holds the uses alone")
    add_output(parser)
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code: 0 whatever the verdicts are. Raises RepositoryError, NoResultsError."""
    from ...registry.report.usage_tables import scan_text
    from ...registry.usage.kept import record_uses
    from ...registry.usage.scan import scan

    store = _store(args)
    scanned = scan(args.repository, args.name, known=_known(store))
    if store is not None and args.keep:
        kept = record_uses(store, scanned.repository, scanned.uses)
        said = f"kept {kept.uses:,} uses" if kept.changed else "the same as kept before: nothing changed"
        sys.stderr.write(terminal(f"{scanned.repository}: {said}") + "\n")
    put(scan_text(scanned, _checked(args, scanned, store), args.format), args)
    if store is not None:
        pass_on(store)
    return DONE


def _store(args: argparse.Namespace) -> Store | None:
    """The store, made where uses are to be kept; None where there is none and none was named."""
    from ...registry.storage.store import Store

    try:
        return Store.open(db_path(args), create=args.keep)
    except NoResultsError:
        if args.db_path is not None:
            raise
        return None


def _known(store: Store | None) -> frozenset[str]:
    """The ids of the catalogue that would look like a folder's name."""
    from ...registry.usage.known_ids import ids_without_owner

    if store is None:
        return frozenset()
    with store.reading() as connection:
        return ids_without_owner(connection)


def _checked(args: argparse.Namespace, scanned: Scanned, store: Store | None) -> LicenceCheck:
    from ...registry.catalogue.model_records import find_record
    from ...registry.usage.licence_check import check_uses

    with ExitStack() as stack:
        connection = stack.enter_context(store.reading()) if store is not None else None

        def find(model_id: str) -> ModelRecord | None:
            if connection is None:
                return None
            try:
                return find_record(connection, model_id)
            except UnknownNameError:
                return None

        return check_uses(args.repository, scanned, find, outbound_of(args), context_of(args))
