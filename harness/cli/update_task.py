"""``fitment update-task``: make the stored recommendations of a task anew."""

from __future__ import annotations

import argparse
import sys

from ...registry.errors import DONE
from ...registry.fit.suitability import update_task
from ...registry.storage.store import Store
from .notices import pass_on
from .options import add_db_path, add_words, db_path, needed


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    add_words(parser, "task")
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code. Raises UnknownNameError for a task that does not exist, StoreBusyError."""
    task = needed(args, "task")
    store = Store.open(db_path(args))
    report = update_task(store, task)
    sys.stdout.write(
        f"{report.task}: {report.recommendations:,} recommendations stored for {report.models:,} models\n"
    )
    pass_on(store)
    return DONE
