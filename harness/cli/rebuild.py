"""``fitment rebuild``: make the database again from its journal."""

from __future__ import annotations

import argparse
import sys

from ...registry.errors import DONE
from ...registry.storage.rebuild import rebuild
from .options import add_db_path, db_path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code. Raises StoreBusyError, or StoreDamagedError while damage is unhealed."""
    report = rebuild(db_path(args))
    sys.stdout.write(f"{report}\n")
    return DONE
