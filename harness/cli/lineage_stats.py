"""``fitment lineage stats``: what there is: models, edges, depth, families."""

from __future__ import annotations

import argparse
from pathlib import Path

from .options import add_db_path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code."""
    raise NotImplementedError
