"""``fitment lineage ordering``: the order of a trait's values that agrees with most of its drift."""

from __future__ import annotations

import argparse

from ...registry.errors import DONE
from ...registry.lineage.analyses.trait_names import trait_named
from ...registry.report.listing import FORMATS
from .lineage import add_answer, add_view, opened, view
from .output import put
from .traits import add_top, add_trait

DEFINITION = (
    "An arc of the drift agrees with an order where its source stands before its target. The order shown is"
    " the one with which most arcs agree or, weighted, most of their traffic; it is exact. How many others"
    " are as good is said; of those it is the one whose first value is said by most models, then its second,"
    " and so on. Values without an arc have no place."
)
MOST = 20  # values, as registry/lineage/analyses/ordering.py has it


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    parser.epilog = DEFINITION
    add_trait(parser)
    add_top(parser, MOST)
    parser.add_argument("--weighted", action="store_true", help="each arc counts as much as its traffic")
    add_view(parser, "finetune")
    add_answer(parser, FORMATS)


def run(args: argparse.Namespace) -> int:
    """The exit code. Raises NoResultsError, UnknownNameError, QuestionError."""
    from ...registry.lineage.analyses.ordering import ordering
    from ...registry.report.lineage.traits import ordering_text

    trait = trait_named(args.trait)
    found = ordering(opened(args), trait, view(args), args.top, weighted=args.weighted)
    put(ordering_text(found, args.format), args)
    return DONE
