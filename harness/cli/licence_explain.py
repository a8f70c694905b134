"""``fitment licence explain``: what a licence grants, limits, obliges and flows down, clause by clause."""

from __future__ import annotations

import argparse

from ...registry.errors import DONE
from .licence import FORMATS, as_json
from .output import add_output, put


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    parser.add_argument("name", metavar="ID", help="an SPDX identifier, a hub tag, or a model licence")
    parser.add_argument("--format", choices=FORMATS, default="table")
    add_output(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code: 0, also for a name of which nothing is known: why it isn't is the answer."""
    from ...registry.licences.explanation import explain
    from ...registry.report.licence_text import explained

    found = explain(args.name)
    put(as_json(found) if args.format == "json" else explained(found), args)
    return DONE
