"""``fitment diff``: two results side by side, what differs first."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from datetime import datetime
from typing import Any

from ...registry.errors import DONE
from ...registry.report.difference_table import difference_table
from ...registry.report.screen import show
from ...registry.results.difference import difference
from ...registry.results.stored import stored_result
from ...registry.storage.store import Store
from .options import add_db_path, db_path, positive


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    parser.add_argument("first", type=positive, metavar="RESULT", help="a result's id, as reports print it")
    parser.add_argument("second", type=positive, metavar="RESULT", help="the one to hold against it")
    parser.add_argument("--all", action="store_true", help="also the values of what is the same")
    parser.add_argument("--format", choices=("table", "json"), default="table")
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code. Raises NoResultsError where one of the results is not there."""
    store = Store.open(db_path(args))
    with store.reading() as con:
        first, second = stored_result(con, args.first), stored_result(con, args.second)
    lines = difference(first, second)
    if args.format == "json":
        facts = [asdict(line) | {"differs": line.differs} for line in lines]
        sys.stdout.write(json.dumps(facts, default=_plain, indent=2, allow_nan=False) + "\n")
    else:
        show(difference_table(first, second, lines, everything=args.all))
    return DONE


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
