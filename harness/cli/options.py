"""Options and value types that several verbs share."""

from __future__ import annotations

import argparse
import re
from pathlib import Path


def add_db_path(parser: argparse.ArgumentParser) -> None:
    """Adds ``--db-path FILE``."""
    parser.add_argument(
        "--db-path",
        metavar="FILE",
        type=Path,
        help="the results' database (default: $FITMENT_DB, else $BENCHMARK_DB_PATH, else ./fitment.duckdb)",
    )


def db_path(args: argparse.Namespace) -> Path:
    """The database that the arguments, else the environment, name."""
    from ...registry.storage.store import default_path

    chosen: Path | None = args.db_path
    return default_path() if chosen is None else chosen


def positive(text: str) -> int:
    """A whole number of at least 1, for argparse."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:20]) <= 10**9:
        raise argparse.ArgumentTypeError(
            f"a whole number from 1 to 1,000,000,000 is needed, not {text[:40]!r}"
        )
    return int(text)


def words(text: str) -> list[str]:
    """The parts of a comma-separated list, for argparse."""
    return [part.strip() for part in text.split(",")]


def numbers(text: str) -> list[int | str]:
    """The parts of a comma-separated list, for argparse: numbers where they are, else as they stand.

    Whether a word, such as "max", is one that the axis knows is for its check to say.
    """
    return [int(part) if re.fullmatch(r"-?[0-9]{1,18}", part) else part for part in words(text)]
