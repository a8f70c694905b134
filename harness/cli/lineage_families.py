"""``fitment lineage families``: the families of models, largest first, and how they grew."""

from __future__ import annotations

import argparse

from ...registry.errors import DONE
from ...registry.report.listing import FORMATS
from .lineage import add_answer, add_view, opened, view
from .options import positive
from .output import put

DEFINITION = (
    "A family is a set of models between which a way leads along the edges, in any direction. It is named by"
    " the root that is oldest, then most downloaded, then first by name. Depth is the longest way down from a"
    " root, a cycle counting as one place. Over time, its size at the end of a month is the number of its"
    " models that were made by then."
)
FAMILIES, GROWN = 20, 1  # that a table shows, unless said


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    parser.epilog = DEFINITION
    parser.add_argument("model", metavar="MODEL", nargs="?", help="only the family that it belongs to")
    parser.add_argument(
        "--over-time", action="store_true", help="the size by month, of that family or of the largest"
    )
    parser.add_argument(
        "--least", metavar="SIZE", type=positive, default=2, help="of at least SIZE models (2)"
    )
    parser.add_argument(
        "--limit",
        metavar="N",
        type=positive,
        help=f"the N largest (a table: {FAMILIES}, over time {GROWN}; files: all)",
    )
    add_view(parser)
    add_answer(parser, FORMATS)


def run(args: argparse.Namespace) -> int:
    """The exit code. Raises NoResultsError, UnknownNameError."""
    from ...registry.lineage.analyses.families import families
    from ...registry.lineage.analyses.family_growth import family_growth
    from ...registry.lineage.questions.asked import number
    from ...registry.report.lineage.families import families_text, growth_text

    ecosystem = opened(args)
    of = None if args.model is None else number(ecosystem, args.model)
    shown = GROWN if args.over_time else FAMILIES
    limit = args.limit or (shown if args.format == "table" else None)
    if args.over_time:
        grown = family_growth(ecosystem, view(args), limit=limit, least=args.least, of=of)
        put(growth_text(grown, args.format), args)
    else:
        found = families(ecosystem, view(args), limit=limit, least=args.least, of=of)
        put(families_text(found, args.format), args)
    return DONE
