"""``fitment score``: score every hardware-model pair from the stored results."""

from __future__ import annotations

import argparse
import sys

from ...registry.errors import DONE
from ...registry.fit.suitability import calculate_scores
from ...registry.storage.store import Store
from .options import add_db_path, db_path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code. Raises StoreBusyError where another process holds the database."""
    store = Store.open(db_path(args))
    report = calculate_scores(store)
    sys.stdout.write(
        f"{report.pairs:,} hardware-model pairs scored from {report.estimates:,} estimates; "
        f"{report.recommendations:,} recommendations stored\n"
    )
    return DONE
