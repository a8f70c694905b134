"""What the verbs of ``fitment checkpoint`` share."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable

from ...registry.report.text import terminal

STORE = (
    "the store of files: a folder or a URL that fsspec knows (default: $FITMENT_CHECKPOINTS, else beside the"
    " database)"
)


def add_names(
    parser: argparse.ArgumentParser, *, model: str | None = None, version: str | None = None
) -> None:
    """Adds MODEL and VERSION as plain words; a text says what is meant without one, None: it is needed."""
    parser.add_argument(
        "model",
        metavar="MODEL",
        nargs=None if model is None else "?",
        help=f"as it was added{'' if model is None else f' (default: {model})'}",
    )
    parser.add_argument(
        "version",
        metavar="VERSION",
        nargs=None if version is None else "?",
        help=f"of the model{'' if version is None else f' (default: {version})'}",
    )


def say(lines: Iterable[str]) -> None:
    """Prints the lines, made inert."""
    for line in lines:
        sys.stdout.write(f"{terminal(line)}\n")
