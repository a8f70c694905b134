"""``fitment create-schema``: make the store with its tables, where there is none."""

from __future__ import annotations

import argparse
import sys

from ...registry.catalogue.schema import create_schema
from ...registry.errors import DONE
from ...registry.report.text import terminal
from .options import add_db_path, db_path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code. Raises ForeignFileError for another program's file."""
    schema = create_schema(db_path(args))
    state = "made" if schema.created else f"there already, {schema.results:,} results"
    sys.stdout.write(
        f"{terminal(str(schema.path))}: {state}, schema {schema.version}, {len(schema.tables)} tables\n"
    )
    return DONE
