"""``fitment licence detect``: which licence a file or folder shows, and whether its text was changed."""

from __future__ import annotations

import argparse
from pathlib import Path

from ...registry.errors import DONE
from .licence import FORMATS, as_json
from .output import add_output, put


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    parser.add_argument("path", metavar="PATH", type=Path, help="a licence text, a source file, or a folder")
    parser.add_argument("--format", choices=FORMATS, default="table")
    add_output(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code: 0, also where nothing is found. Raises LicenceFileError for what can't be read."""
    from ...registry.licences.detect import detect
    from ...registry.report.detected_text import detected_text

    found = detect(args.path)
    put(as_json(found) if args.format == "json" else detected_text(found), args)
    return DONE
