"""``fitment lineage build``: take in a file of models and their parents."""

from __future__ import annotations

import argparse
from pathlib import Path

from .options import add_db_path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    parser.add_argument("file", metavar="FILE", type=Path, help="*.csv or *.parquet, a model a row")
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code."""
    raise NotImplementedError
