"""``fitment checkpoint verify``: read every byte again and name what is not what was added."""

from __future__ import annotations

import argparse

from ...registry.checkpoints.verify import Damage, in_words, verify_checkpoints
from ...registry.errors import DONE, NO_USABLE_CELL
from ...registry.report.checkpoint_tables import DAMAGES, size
from ...registry.report.listing import FORMATS, listed
from ...registry.report.text import terminal
from ...registry.storage.store import Store
from .checkpoint import add_names
from .notices import pass_on
from .options import add_db_path, db_path
from .output import add_output, put


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    add_names(parser, model="all", version="all of the model")
    parser.add_argument("--format", choices=FORMATS, default="table", help="of what is damaged")
    add_output(parser)
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code: 3 where a file is damaged. Raises NoResultsError, UnknownNameError, RefusedError."""
    store = Store.open(db_path(args))
    found = verify_checkpoints(store, args.model, args.version)
    if args.format != "table":
        put(listed(found.damages, args.format, DAMAGES, Damage), args)
    else:
        lines = [f"damaged: {in_words(damage)}" for damage in found.damages]
        state = f"{len(lines):,} damaged" if lines else "all are what was added"
        files = f"{found.files:,} file{'s'[: found.files != 1]}"
        checkpoints = f"{found.checkpoints:,} checkpoint{'s'[: found.checkpoints != 1]}"
        lines.append(f"{files} of {checkpoints}, {size(found.size_bytes)} read: {state}")
        put("".join(f"{terminal(line)}\n" for line in lines), args)
    pass_on(store)
    return NO_USABLE_CELL if found.damages else DONE
