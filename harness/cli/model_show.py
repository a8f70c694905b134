"""``fitment model show``: all that is known of one model."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from datetime import date
from typing import Any

from ...registry.catalogue.model_facts import model_facts
from ...registry.errors import DONE
from ...registry.licences.check import DISCLAIMER
from ...registry.report.listing import shown
from ...registry.report.model_text import shown_model
from ...registry.storage.store import Store
from .notices import pass_on
from .options import add_db_path, db_path
from .output import add_output, put


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    parser.add_argument("model", metavar="ID", help="its id, or a name under which results of it are stored")
    parser.add_argument("--version", metavar="V", help="default: the newest release")
    parser.add_argument("--format", choices=("table", "json"), default="table")
    add_output(parser)
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code. Raises UnknownNameError, NoResultsError."""
    store = Store.open(db_path(args))
    with store.reading() as con:
        facts = model_facts(con, args.model, args.version)
    if args.format == "json":
        put(json.dumps(asdict(facts), default=_plain, indent=2, allow_nan=False) + "\n", args)
    else:
        put(f"{shown(shown_model(facts))}\n{DISCLAIMER}\n", args)
    pass_on(store)
    return DONE


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
