"""``fitment licence check``: may this be done with a work under that licence, and which clause says so."""

from __future__ import annotations

import argparse

from ...registry.errors import DONE
from .licence import FORMATS, add_facts, add_relation, as_json, context_of, outbound_of
from .output import add_output, put


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    parser.add_argument("--outbound", metavar="A", help='the licence of what comes out of it; "-" for none')
    parser.add_argument("--inbound", metavar="B", required=True, help="the licence of what is used")
    add_relation(parser)
    add_facts(parser)
    parser.add_argument("--format", choices=FORMATS, default="table")
    add_output(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code: 0 whatever the verdict is."""
    from ...registry.licences.check import check
    from ...registry.licences.verdicts import Relation
    from ...registry.report.licence_text import judged

    found = check(outbound_of(args), args.inbound, Relation(args.relation), context_of(args))
    put(as_json(found) if args.format == "json" else judged(found), args)
    return DONE
